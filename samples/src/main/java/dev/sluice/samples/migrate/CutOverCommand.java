// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.LiveReplication;
import dev.sluice.core.Sluice;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The moment in which nobody writes: everything arrives, and both servers are compared. */
@Command(
        name = "cut-over",
        mixinStandardHelpOptions = true,
        description = {
            "Run it when your application writes no more to the source: waits until the replica has everything, and compares every row.",
            "When it ends with 0: 'end', then point the application to the replica. If not, let the application go on at the source."
        })
final class CutOverCommand implements Callable<Integer> {
    @Mixin
    private Migration migration = new Migration();

    @Option(
            names = "--wait-seconds",
            paramLabel = "N",
            defaultValue = "300",
            description = "how long the replica may take to get everything (default: ${DEFAULT-VALUE})")
    private long waitSeconds = 300;

    @Override
    public Integer call() {
        try (Sluice sluice = migration.sluice()) {
            LiveReplication live = sluice.live(migration.plan());
            Coordinates last = live.sourceNow();
            live.awaitApplied(last, Duration.ofSeconds(waitSeconds));
            System.out.println("The replica has everything up to " + last.position());
            VerificationReport report = live.compareStandingStill();
            report.structure().forEach(System.out::println);
            report.tables().stream()
                    .filter(table -> table.result() != TableComparison.Result.EQUAL)
                    .forEach(System.out::println);
            System.out.println(report.tables().size() + " tables, " + report.rows() + " rows, " + report.mismatches()
                    + " mismatches");
            System.out.println(
                    report.isClean()
                            ? "Equal. End the replication by 'migrate end', then point the application to the replica"
                            : "Not equal: let the application go on at the source. Somebody may still be writing there");
            return report.isClean() ? ExitCode.DONE : ExitCode.DIFFERENT;
        }
    }
}
