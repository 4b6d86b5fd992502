// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.MonitorEvent;
import dev.sluice.api.run.ReplicationHealth;
import dev.sluice.api.run.ReplicationLag;
import dev.sluice.api.run.ReplicationState.Halves;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.MockEngine;
import dev.sluice.testing.MockFailure;
import dev.sluice.testing.MockMySql;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ExecutionException;

/** Two runs of a mock engine, one that succeeds after a retry and one that fails, measured in one registry. */
final class MockRun {
    static final String REPLICATION = "orders";
    static final String SOURCE = "db1-secret-host";
    static final String REPLICA = "db2-secret-host";

    private MockRun() {}

    /** The metrics are still open when it returns. */
    static SluiceMetrics in(MeterRegistry registry) throws InterruptedException, ExecutionException {
        SluiceMetrics metrics = SluiceMetrics.in(registry);
        MockEngine engine = MockEngine.create()
                .on(GuideStep.CREATE_REPLICATION_USER)
                .fails(1, MockFailure.UNAVAILABLE)
                .fails(1, MockFailure.LOST_ANSWER)
                .thenSucceeds();
        run(engine, metrics);
        run(MockEngine.create().on(GuideStep.ENABLE_REPLICATION).thenFails(MockFailure.REFUSED), metrics);
        // Mock servers give no reason to warn.
        metrics.onEvent(Events.of("r-1").warning());
        metrics.replication(REPLICATION)
                .onEvent(new MonitorEvent.Observed(ReplicationMetricsTest.state(
                        "", ReplicationHealth.IN_TIME, Halves.UNKNOWN, ReplicationLag.unknown("a mock"))));
        return metrics;
    }

    private static void run(MockEngine engine, SluiceMetrics metrics) throws InterruptedException, ExecutionException {
        try (Sluice sluice = Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .listener(metrics)
                .build()) {
            CompiledPlan compiled =
                    sluice.compile(ReplicationPlan.from(MockMySql.named(SOURCE)).to(MockMySql.named(REPLICA)));
            sluice.start(compiled).completion().toCompletableFuture().get();
        }
    }
}
