// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorEvent;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.api.run.ReplicationState;
import dev.sluice.core.Sluice;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Watches the replication. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Tells every five seconds how far the replica is behind and why, until Ctrl-C. Writes nothing.")
final class WatchCommand implements Callable<Integer> {
    @Mixin
    private Migration migration = new Migration();

    @Option(names = "--looks", paramLabel = "N", description = "end after so many looks")
    private @Nullable Integer looks;

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(looks == null ? Integer.MAX_VALUE : looks);
        try (Sluice sluice = migration.sluice();
                Monitor monitor = sluice.live(migration.plan())
                        .monitor(MonitorSettings.every(Duration.ofSeconds(5)), event -> tell(event, end))) {
            end.await();
            return monitor.latest().filter(state -> state.health().isFine()).isPresent()
                    ? ExitCode.DONE
                    : ExitCode.FAILED;
        }
    }

    private static void tell(MonitorEvent event, CountDownLatch end) {
        if (event instanceof MonitorEvent.Observed observed) {
            System.out.println(line(observed.now()));
            end.countDown();
        }
    }

    private static String line(ReplicationState now) {
        return now.at() + "  " + now.health() + "  "
                + now.lag()
                        .best()
                        .map(lag -> lag.toMillis() / 1000.0 + " s behind")
                        .orElse("nobody can tell how far behind")
                + "  "
                + now.reason();
    }
}
