// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.HeartbeatPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.LagRange;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.api.run.ReplicationHealth;
import dev.sluice.api.run.ReplicationState;
import dev.sluice.api.run.RunState;
import dev.sluice.core.LiveReplication;
import dev.sluice.core.Sluice;
import dev.sluice.samples.managed.ManagedServers.Kind;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replications between RDS and Aurora are watched with the privileges that AWS grants, heartbeat included. */
@Timeout(240)
@Tag("long")
class MonitorOfManagedIT {
    private static final MonitorSettings SETTINGS =
            MonitorSettings.every(Duration.ofMillis(200)).withHeartbeatEvery(Duration.ofMillis(200));

    @ParameterizedTest
    @CsvSource({"RDS, AURORA, V5_7", "RDS, AURORA, V8_0", "AURORA, RDS, V8_0", "AURORA, RDS, V8_4"})
    void itIsWatchedAndItsHeartbeatIsWrittenAndRemoved(Kind source, Kind replica, Series series)
            throws InterruptedException {
        try (ManagedWorld world = new ManagedWorld()) {
            ReplicationPlan plan = plan(world, source, replica, series);
            Sluice sluice = world.sluice();
            sluice.start(sluice.compile(plan)).await();
            sluice.start(sluice.compile(HeartbeatPlan.create(plan))).await();
            LiveReplication live = sluice.live(plan);
            live.awaitCatchUp(Duration.ofSeconds(1), Duration.ofSeconds(60));
            try (Monitor monitor = live.monitor(SETTINGS)) {
                awaitState(monitor, MonitorOfManagedIT::isBeating);
                live.stop();
                awaitState(monitor, state -> state.health() == ReplicationHealth.STOPPED);
                live.start();
                awaitState(monitor, MonitorOfManagedIT::isBeating);
            }
            assertThat(sluice.start(sluice.compile(HeartbeatPlan.remove(plan)))
                            .await()
                            .state())
                    .isEqualTo(RunState.SUCCEEDED);
        }
    }

    private static ReplicationPlan plan(ManagedWorld world, Kind source, Kind replica, Series series) {
        ReplicationPlan plan = world.plan(
                        world.member(source, series, "source"), world.member(replica, series, "replica"))
                .allowHeartbeat();
        return series == Series.V5_7 ? plan.allowPlainText() : plan;
    }

    private static boolean isBeating(ReplicationState state) {
        return state.health().isFine()
                && state.lag()
                        .byHeartbeat()
                        .flatMap(LagRange::atMost)
                        .filter(lag -> lag.compareTo(Duration.ofSeconds(2)) < 0)
                        .isPresent()
                && state.lag().bytes().value().isPresent();
    }

    private static void awaitState(Monitor monitor, Predicate<ReplicationState> expected) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> monitor.latest().filter(expected).isPresent());
    }
}
