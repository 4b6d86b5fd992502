// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.operation.OperationSecret;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Statement.CoordinatesHole;
import dev.sluice.api.operation.Statement.SecretHole;
import dev.sluice.api.operation.Statement.Text;
import dev.sluice.api.plan.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes {@link Statement}s, so that every name and every value in them is quoted and every secret is a hole:
 * {@code Sql.text("CREATE USER ").account(user, host).text(" IDENTIFIED BY ").secret(REPLICATION_PASSWORD).build()}.
 */
public final class Sql {
    private Sql() {}

    /** Begins with fixed text. */
    public static Builder text(String sql) {
        return new Builder().text(sql);
    }

    /**
     * The statement as the server gets it. Never log it.
     *
     * @param secrets the password behind each hole
     * @param coordinates what each slot was filled with
     */
    public static String complete(
            Statement statement,
            Function<OperationSecret, String> secrets,
            Function<Slot<Coordinates>, Coordinates> coordinates) {
        return statement.fill(part -> {
            if (part instanceof SecretHole hole) {
                return Quote.literal(secrets.apply(hole.secret()));
            }
            if (part instanceof CoordinatesHole hole) {
                String value = hole.field().of(coordinates.apply(hole.slot()));
                return hole.field() == CoordinatesHole.Field.POSITION ? value : Quote.literal(value);
            }
            throw new IllegalStateException("Not a hole: " + part.preview());
        });
    }

    /** A statement in the making. Not thread-safe. */
    public static final class Builder {
        private final List<Statement.Part> parts = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        private Builder() {}

        /** Fixed text: keywords and punctuation, never a name or a value. */
        public Builder text(String sql) {
            text.append(sql);
            return this;
        }

        /** A name in backticks. */
        public Builder identifier(String name) {
            return text(Quote.identifier(name));
        }

        /** Database and table in backticks. */
        public Builder identifier(TableName table) {
            return text(Quote.identifier(table));
        }

        /** A string literal. */
        public Builder literal(String value) {
            return text(Quote.literal(value));
        }

        /** A whole number. */
        public Builder number(long value) {
            return text(Long.toString(value));
        }

        /** An account, {@code 'user'@'host'}. */
        public Builder account(String user, String host) {
            return text(Quote.account(user, host));
        }

        /** A password, filled in when the statement runs. */
        public Builder secret(OperationSecret secret) {
            return hole(new SecretHole(secret));
        }

        /** A part of the snapshot's coordinates, filled in when the statement runs. */
        public Builder coordinates(Slot<Coordinates> slot, CoordinatesHole.Field field) {
            return hole(new CoordinatesHole(slot, field));
        }

        private Builder hole(Statement.Part hole) {
            flush();
            parts.add(hole);
            return this;
        }

        private void flush() {
            if (!text.isEmpty()) {
                parts.add(new Text(text.toString()));
                text.setLength(0);
            }
        }

        /** The finished statement. The builder must not be used after this. */
        public Statement build() {
            flush();
            return new Statement(parts);
        }
    }
}
