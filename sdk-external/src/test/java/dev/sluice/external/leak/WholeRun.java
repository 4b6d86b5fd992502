// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.leak;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.FileJournal;
import dev.sluice.external.ExternalEngine;
import dev.sluice.external.ExternalMySql;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * What an application does with the SDK from its first line to its last, behind an interface of the JDK's, so that a test can load it by a class
 * loader of its own.
 */
public final class WholeRun implements Function<Map<String, String>, String> {
    @Override
    public String apply(Map<String, String> given) {
        try (Sluice sluice = Sluice.builder()
                .engines(ExternalEngine.create())
                .secrets(SecretResolver.withNamed(given::get))
                .journal(FileJournal.in(Path.of(text(given, "journal"))))
                .build()) {
            ReplicationPlan plan = ReplicationPlan.from(server(given, "source"))
                    .to(server(given, "replica"))
                    .databases("shop")
                    .allowReplicaBinlogReset();
            ReplicationRun run = sluice.start(sluice.compile(plan));
            RunState state = run.await().state();
            try (var monitor = run.monitor(Duration.ofSeconds(1))) {
                return state + " " + sluice.toJson(plan).contains("shop") + " " + (monitor != null);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static ExternalMySql server(Map<String, String> given, String name) {
        return ExternalMySql.at("127.0.0.1", Integer.parseInt(text(given, name + ".port")))
                .credentials("root", Secret.named(name));
    }

    private static String text(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Nobody gave " + name);
        }
        return value;
    }
}
