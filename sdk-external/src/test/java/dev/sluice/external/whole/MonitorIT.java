// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorEvent;
import dev.sluice.api.run.ReplicationHealth;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watching a replication on real servers after its run has ended. */
@Tag("long")
@Timeout(180)
class MonitorIT {
    private static final Duration OFTEN = Duration.ofMillis(200);

    private final List<MonitorEvent> heard = new CopyOnWriteArrayList<>();

    private static ReplicationRun run(Pair pair, ReplicationPlan plan) throws InterruptedException {
        pair.source().execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY)");
        ReplicationRun run = pair.sluice().start(pair.sluice().compile(plan));
        run.await();
        return run;
    }

    private List<ReplicationHealth> changes() {
        return heard.stream()
                .filter(MonitorEvent.HealthChanged.class::isInstance)
                .map(event -> event.now().health())
                .map(health -> health == ReplicationHealth.IDLE ? ReplicationHealth.IN_TIME : health)
                .toList();
    }

    private static void awaitFine(Monitor monitor) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> monitor.latest()
                        .filter(state -> state.health().isFine())
                        .isPresent());
    }

    private static void awaitHealth(Monitor monitor, ReplicationHealth health) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> monitor.latest()
                        .filter(state -> state.health() == health)
                        .isPresent());
    }

    @Test
    void itGoesOnThroughAStopAndARestartOfTheReplica() throws InterruptedException {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            ReplicationPlan plan = pair.plan();
            ReplicationRun run = run(pair, plan);
            try (Monitor monitor = run.monitor(OFTEN, heard::add)) {
                awaitFine(monitor);
                assertThat(monitor.latest().orElseThrow().lag().byServer()).isPresent();
                pair.sluice().live(plan).stop();
                awaitHealth(monitor, ReplicationHealth.STOPPED);
                pair.replica().stop();
                awaitHealth(monitor, ReplicationHealth.REPLICA_UNREACHABLE);
                pair.replica().start();
                awaitHealth(monitor, ReplicationHealth.STOPPED);
                pair.sluice().live(plan).start();
                awaitFine(monitor);
            }

            List<ReplicationHealth> seen = changes();
            assertThat(seen)
                    .containsSubsequence(
                            ReplicationHealth.IN_TIME,
                            ReplicationHealth.STOPPED,
                            ReplicationHealth.REPLICA_UNREACHABLE,
                            ReplicationHealth.STOPPED,
                            ReplicationHealth.IN_TIME);
            int atClose = heard.size();
            Thread.sleep(OFTEN.toMillis() * 3);
            assertThat(heard).hasSize(atClose);
        }
    }

    @Test
    void anErrorOfTheApplierIsTold() throws InterruptedException {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            ReplicationRun run = run(pair, pair.plan().leaveReplicaWritable());
            pair.replica().execute("INSERT INTO shop.t VALUES (1)");
            try (Monitor monitor = run.monitor(OFTEN)) {
                pair.source().execute("INSERT INTO shop.t VALUES (1)");
                awaitHealth(monitor, ReplicationHealth.APPLIER_FAILED);
                assertThat(monitor.latest().orElseThrow().reason()).contains("1062");
                assertThat(monitor.latest().orElseThrow().lag().byServer()).isEmpty();
            }
        }
    }

    @Test
    void listenersThatHangOrThrowHarmNothingAndTheSluiceEndsItWithItself() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            ReplicationRun run = run(pair, pair.plan());
            Monitor hung = run.monitor(OFTEN, event -> hang(never));
            run.monitor(
                    OFTEN,
                    event -> {
                        throw new IllegalStateException("a listener's");
                    },
                    heard::add);

            await().until(() -> heard.size() > 5);
            var first = hung.latest().orElseThrow().at();
            await().until(() -> hung.latest().orElseThrow().at().isAfter(first));
            pair.sluice().close();

            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("sluice-monitor-" + run.id()));
        }
    }

    private static void hang(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
