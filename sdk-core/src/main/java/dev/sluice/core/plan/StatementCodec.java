// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.document.Document;
import dev.sluice.api.operation.OperationSecret;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Statement.CoordinatesHole;
import dev.sluice.api.operation.Statement.IntervalHole;
import dev.sluice.api.operation.Statement.IntervalHole.IntervalField;
import dev.sluice.api.operation.Statement.JsonSecretsHole;
import dev.sluice.api.operation.Statement.Part;
import dev.sluice.api.operation.Statement.SecretHole;
import dev.sluice.api.operation.Statement.Text;
import dev.sluice.api.secret.Secret;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Statements as documents: text and holes, never a secret. */
final class StatementCodec {
    private StatementCodec() {}

    static Document write(Statement statement) {
        return Document.empty()
                .withAll(
                        "parts",
                        statement.parts().stream()
                                .map(StatementCodec::writePart)
                                .toList());
    }

    static Statement read(Document document) {
        return new Statement(document.list("parts", StatementCodec::readPart));
    }

    private static Document writePart(Part part) {
        if (part instanceof Text text) {
            return Document.empty().with("sql", text.sql());
        }
        if (part instanceof SecretHole hole) {
            return Document.empty().with("secret", hole.secret().name());
        }
        if (part instanceof IntervalHole hole) {
            return Document.empty()
                    .with("each-interval-of", hole.slot().name())
                    .with("field", hole.field().name());
        }
        if (part instanceof JsonSecretsHole hole) {
            return Document.empty()
                    .withAll(
                            "json-secrets",
                            hole.secrets().entrySet().stream()
                                    .map(one -> Document.empty()
                                            .with("member", one.getKey())
                                            .with("kind", one.getValue().kind().name())
                                            .with("reference", one.getValue().reference()))
                                    .toList());
        }
        CoordinatesHole hole = (CoordinatesHole) part;
        return Document.empty()
                .with("slot", hole.slot().name())
                .with("field", hole.field().name());
    }

    static Slot<Coordinates> slot(String name) {
        return Stream.of(Slot.SNAPSHOT_COORDINATES, Slot.VERIFICATION_COORDINATES)
                .filter(slot -> slot.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown slot " + name));
    }

    private static Part readPart(Document document) {
        if (document.has("sql")) {
            return new Text(document.text("sql"));
        }
        if (document.has("secret")) {
            return new SecretHole(OperationSecret.valueOf(document.text("secret")));
        }
        if (document.has("json-secrets")) {
            return readSecrets(document);
        }
        if (document.has("each-interval-of")) {
            return new IntervalHole(
                    slot(document.text("each-interval-of")), IntervalField.valueOf(document.text("field")));
        }
        return new CoordinatesHole(slot(document.text("slot")), CoordinatesHole.Field.valueOf(document.text("field")));
    }

    private static JsonSecretsHole readSecrets(Document document) {
        SortedMap<String, Secret> secrets = new TreeMap<>();
        document.list("json-secrets", member -> member)
                .forEach(member -> secrets.put(
                        member.text("member"),
                        Secret.of(Secret.Kind.valueOf(member.text("kind")), member.text("reference"))));
        return new JsonSecretsHole(secrets);
    }
}
