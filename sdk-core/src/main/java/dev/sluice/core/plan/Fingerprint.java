// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.document.Document;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A digest of what would be done to which servers; sizes, positions and notes are not in it. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(CompiledPlan compiled) {
        return of(compiled.sourceFacts().orElse(null), compiled.replicaFacts(), compiled.steps());
    }

    static String of(@Nullable ServerFacts source, ServerFacts replica, List<CompiledStep> steps) {
        Document document = Document.empty()
                .with("source", source == null ? null : source.serverUuid())
                .with("replica", replica.serverUuid())
                .withAll("steps", steps.stream().map(Fingerprint::essence).toList());
        return HexFormat.of().formatHex(sha256(Json.write(document)), 0, 16);
    }

    private static Document essence(CompiledStep step) {
        return Document.empty()
                .with("key", step.key().toString())
                .withAll(
                        "operations",
                        step.operations().stream().map(OperationCodec::write).toList());
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
