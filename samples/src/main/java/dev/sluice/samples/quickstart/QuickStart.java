// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.quickstart;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.console.ConsoleProgress;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.FileJournal;
import dev.sluice.external.ExternalEngine;
import dev.sluice.external.ExternalMySql;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Makes one MySQL server the replica of another, while the other is written to: copied, replicating, caught up, compared.
 *
 * <p>Where the servers are, it reads from the environment: {@code SOURCE_HOST}, {@code SOURCE_PORT} (3306 if it is not set), {@code SOURCE_USER} and
 * {@code SOURCE_PASSWORD}, the same with {@code REPLICA_}, and {@code DATABASES}, the names of what is replicated with commas between them.
 *
 * <pre>
 * build/run QUICKSTART dev.sluice.samples.quickstart.QuickStart
 * </pre>
 */
public final class QuickStart {
    private QuickStart() {}

    /** Ends with an exception, and so with 1, if the plan is refused or the run fails; the message says what happened to the servers. */
    public static void main(String... arguments) throws InterruptedException {
        // Endpoints say who a server is and how this program reaches it. A password is a reference: nothing prints or
        // stores it.
        var source = ExternalMySql.at(required("SOURCE_HOST"), port("SOURCE_PORT"))
                .credentials(required("SOURCE_USER"), Secret.env("SOURCE_PASSWORD"));
        var replica = ExternalMySql.at(required("REPLICA_HOST"), port("REPLICA_PORT"))
                .credentials(required("REPLICA_USER"), Secret.env("REPLICA_PASSWORD"));

        // A plan is data. Nothing happens by making one.
        ReplicationPlan plan = ReplicationPlan.from(source)
                .to(replica)
                .withGtid()
                .retainBinlogs(Duration.ofHours(144))
                .databases(required("DATABASES").split(","));

        // Engines are named: what is on the class path changes nothing.
        PrintStream out = System.out;
        // What was begun is written down in this folder, so that another program can go on with it, or take it back.
        try (Sluice sluice = Sluice.builder()
                        .engines(ExternalEngine.create())
                        .journal(FileJournal.in(Path.of("sluice-journal")))
                        .build();
                ConsoleProgress progress = ConsoleProgress.on(out)) {
            CompiledPlan compiled = sluice.compile(plan); // asks both servers, changes nothing
            out.println(compiled.explain()); // every step and every statement
            sluice.preflight(compiled).orThrow(); // every problem at once, each with a remedy
            RunResult result = sluice.start(compiled, progress).await(); // loaded, replicating, caught up, verified

            VerificationReport proof = result.verification().orElseThrow();
            out.println(result.rowsCopied() + " rows copied, " + proof.tables().size() + " tables compared, "
                    + proof.mismatches() + " mismatches");
        }
    }

    private static String required(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException("Set the environment variable " + variable);
        }
        return value;
    }

    private static int port(String variable) {
        String value = System.getenv(variable);
        return value == null ? 3306 : Integer.parseInt(value);
    }
}
