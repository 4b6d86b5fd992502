// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static dev.sluice.external.whole.WatchedPair.OFTEN;
import static dev.sluice.external.whole.WatchedPair.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.api.run.ReplicationHealth;
import dev.sluice.core.mysql.ReplicationThread;
import dev.sluice.external.whole.WatchedPair.Heartbeats;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong around a replication has an answer each, on real servers. */
@Timeout(240)
class MonitorAnswersIT {
    private static void awaitFine(Monitor monitor) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> monitor.latest()
                        .filter(state -> state.health().isFine())
                        .isPresent());
    }

    private static void says(Monitor monitor, ReplicationHealth expected, String what) {
        Duration after = await(monitor, expected);
        tell(
                "{}: {} after {} ms; {}",
                what,
                expected,
                after.toMillis(),
                monitor.latest().orElseThrow().reason());
    }

    /** That a source is idle is said only after ten seconds in which it wrote nothing, and so once, at the end. */
    private static void fiveAnswers(WatchedPair watched, MonitorSettings settings, ReplicationHealth whenIdle) {
        try (Monitor monitor = watched.monitor(settings)) {
            awaitFine(monitor);

            watched.stop(ReplicationThread.RECEIVER);
            says(monitor, ReplicationHealth.RECEIVER_STOPPED, "a stopped IO thread");
            watched.start(ReplicationThread.RECEIVER);
            awaitFine(monitor);

            watched.stop(ReplicationThread.APPLIER);
            says(monitor, ReplicationHealth.APPLIER_STOPPED, "a stopped applier");
            watched.start(ReplicationThread.APPLIER);
            awaitFine(monitor);

            watched.link().refuse();
            watched.link().cut();
            says(monitor, ReplicationHealth.LINK_DOWN, "a cut network");
            watched.link().heal();
            watched.replica()
                    .execute(
                            watched.dialect().stopReplica(""), watched.dialect().startReplica(""));
            awaitFine(monitor);

            watched.source().stop();
            says(monitor, ReplicationHealth.SOURCE_DOWN, "a stopped source");
            watched.source().start();
            watched.replica()
                    .execute(
                            watched.dialect().stopReplica(""), watched.dialect().startReplica(""));
            says(monitor, whenIdle, "a source that is back");
        }
    }

    @Test
    void fiveFaultsAreFiveAnswers() throws InterruptedException {
        try (WatchedPair watched =
                new WatchedPair(Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31), Heartbeats.NONE)) {
            fiveAnswers(watched, MonitorSettings.every(OFTEN), ReplicationHealth.IDLE);
        }
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_9"})
    void inOtherSpellingsAndByPosition(MySqlRelease release) throws InterruptedException {
        try (WatchedPair watched = new WatchedPair(Pair.position(release, release), Heartbeats.NONE)) {
            fiveAnswers(watched, MonitorSettings.every(OFTEN), ReplicationHealth.IDLE);
        }
    }

    /** With a heartbeat no source is ever idle: that it is alive is seen from its beats. */
    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void withAHeartbeat(MySqlRelease release) throws InterruptedException {
        try (WatchedPair watched = new WatchedPair(Pair.gtid(release, release), Heartbeats.ALLOWED)) {
            fiveAnswers(watched, MonitorSettings.every(OFTEN).withHeartbeat(), ReplicationHealth.IN_TIME);
        }
    }

    /** Nothing is closed, nothing is refused: packets just do not arrive any more. */
    @Test
    void aSilentCutIsSeenSoonerWithAHeartbeat() throws InterruptedException {
        try (WatchedPair watched =
                new WatchedPair(Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31), Heartbeats.ALLOWED)) {
            Duration timeout = netTimeout(watched, 6);
            try (Monitor without = watched.monitor(MonitorSettings.every(OFTEN))) {
                awaitFine(without);
                watched.link().stall();
                Duration after = await(without, ReplicationHealth.LINK_DOWN);
                tell(
                        "silent cut, idle source, no heartbeat: after {} ms, replica_net_timeout {} s; {}",
                        after.toMillis(),
                        timeout.toSeconds(),
                        without.latest().orElseThrow().reason());
                assertThat(after).isLessThan(timeout.plusSeconds(1));
                watched.link().heal();
                // Time for a silence that the receiver does not notice by itself.
                netTimeout(watched, 15);
                awaitFine(without);
            }
            try (Monitor with = watched.monitor(MonitorSettings.every(OFTEN).withHeartbeat())) {
                await(with, ReplicationHealth.IN_TIME);
                watched.link().stall();
                Duration after = await(with, ReplicationHealth.LINK_SILENT);
                tell(
                        "silent cut, with heartbeat: after {} ms; {}",
                        after.toMillis(),
                        with.latest().orElseThrow().reason());
                assertThat(after).isLessThan(Duration.ofSeconds(7));
                watched.link().heal();
                await(with, ReplicationHealth.IN_TIME);
            }
        }
    }

    /** The source's own beats to the replica have to come often enough for it. */
    private static Duration netTimeout(WatchedPair watched, int seconds) {
        watched.replica().execute("SET GLOBAL replica_net_timeout = " + seconds);
        watched.change("SOURCE_HEARTBEAT_PERIOD", Integer.toString(seconds / 3));
        return Duration.ofSeconds(seconds);
    }

    /** Only the position tells that a log was rotated; it must neither look like lag nor like silence. */
    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aRotatedLogOfAnIdleSourceChangesNothing(MySqlRelease release) throws InterruptedException {
        try (WatchedPair watched = new WatchedPair(Pair.position(release, release), Heartbeats.NONE);
                Monitor monitor = watched.monitor(MonitorSettings.every(OFTEN).lateAfter(Duration.ofSeconds(4)))) {
            await(monitor, ReplicationHealth.IDLE);
            watched.source().execute("FLUSH BINARY LOGS", "FLUSH BINARY LOGS");
            Thread.sleep(8_000);

            assertThat(monitor.latest().orElseThrow().health())
                    .as(monitor.latest().orElseThrow().toString())
                    .matches(ReplicationHealth::isFine);
            assertThat(monitor.latest().orElseThrow().lag().bytes().value()).hasValue(0);
        }
    }

    /** For who wants to see the figures. */
    private static void tell(String text, Object... values) {
        System.out.println(String.format(text.replace("{}", "%s"), values));
    }
}
