// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.core.LiveReplication;
import dev.sluice.core.mysql.ReplicationThread;
import dev.sluice.external.whole.WatchedPair.Heartbeats;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waits for a replica are never ended by a half that is dead, or by a zero that says nothing. */
@Timeout(240)
class AwaitCatchUpIT {
    /** Ten looks: all of a wait that must not end sooner. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** By then the other thread waits. */
    private static final Duration MEANWHILE = Duration.ofMillis(500);

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void aDeadReceiverWithADrainedApplierIsNotTakenForIt() throws InterruptedException {
        isNotTakenForIt(MySqlRelease.MYSQL_8_0_31);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_9"})
    void onOtherServersItIsNotEither(MySqlRelease release) throws InterruptedException {
        isNotTakenForIt(release);
    }

    private static void isNotTakenForIt(MySqlRelease release) throws InterruptedException {
        try (WatchedPair watched = new WatchedPair(Pair.gtid(release, release), Heartbeats.NONE)) {
            LiveReplication live = watched.live();
            live.awaitCatchUp(SECOND, SOON);
            watched.stop(ReplicationThread.RECEIVER);
            // Everything that the source has is applied: only the receiver tells that this will not stay so.
            assertThatThrownBy(() -> live.awaitCatchUp(SECOND, SHORT))
                    .isInstanceOf(StepRefusedException.class)
                    .hasMessageContaining("CORE-621")
                    .hasMessageContaining("receiver was stopped");
            watched.source().execute("INSERT INTO shop.t (v) VALUES ('missing')");
            assertThatThrownBy(() -> live.awaitCatchUp(SECOND, SHORT)).hasMessageContaining("CORE-621");
            assertThatThrownBy(() -> live.awaitApplied(live.sourceNow(), SHORT)).hasMessageContaining("CORE-621");

            watched.start(ReplicationThread.RECEIVER);
            live.awaitCatchUp(SECOND, SOON);
            assertThat(watched.replica().query("SELECT v FROM shop.t").toString())
                    .isEqualTo("[[missing]]");
        }
    }

    /** Right after START REPLICA servers say 0: nothing of what waits was fetched yet. */
    @Test
    void theZeroRightAfterAStartIsNotTakenForIt() throws InterruptedException {
        try (WatchedPair watched =
                new WatchedPair(Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31), Heartbeats.NONE)) {
            watched.replica().execute("STOP REPLICA");
            watched.source().execute("INSERT INTO shop.t (v) VALUES ('0')");
            for (int i = 0; i < 9; i++) {
                watched.source().execute("INSERT INTO shop.t (v) SELECT REPEAT('x', 1000) FROM shop.t");
            }
            watched.link().limitTo(200_000);
            watched.replica().execute("START REPLICA");
            watched.live().awaitCatchUp(Duration.ofMillis(500), Duration.ofSeconds(60));

            assertThat(watched.replica()
                            .query("SELECT COUNT(*) FROM shop.t")
                            .get(0)
                            .get(0))
                    .isEqualTo("512");
        }
    }

    @Test
    void aReplicaThatIsToldToStayBehindIsNotWaitedFor() throws InterruptedException {
        try (WatchedPair watched = new WatchedPair(
                        Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31), Heartbeats.NONE);
                Monitor monitor = watched.monitor(MonitorSettings.every(WatchedPair.OFTEN))) {
            watched.change("SOURCE_DELAY", "4");
            watched.source().execute("INSERT INTO shop.t (v) VALUES ('late')");

            assertThatThrownBy(() -> monitor.awaitCatchUp(SECOND, SOON))
                    .hasMessageContaining("CORE-621")
                    .hasMessageContaining("4 s behind");
            long began = System.nanoTime();
            monitor.awaitPosition(watched.live().sourceNow(), SOON);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(2));
            assertThat(watched.replica().query("SELECT v FROM shop.t").toString())
                    .isEqualTo("[[late]]");
        }
    }

    @Test
    void aClosedMonitorAndAnInterruptEndTheWaiting() throws InterruptedException {
        try (WatchedPair watched =
                new WatchedPair(Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31), Heartbeats.NONE)) {
            watched.stop(ReplicationThread.APPLIER);
            watched.source().execute("INSERT INTO shop.t (v) VALUES ('never')");
            Monitor monitor = watched.monitor(MonitorSettings.every(WatchedPair.OFTEN));
            Thread closing = new Thread(() -> {
                sleep();
                monitor.close();
            });
            closing.start();
            assertThatThrownBy(() -> monitor.awaitCatchUp(SECOND, SOON)).isInstanceOf(IllegalStateException.class);
            closing.join();

            try (Monitor other = watched.monitor(MonitorSettings.every(WatchedPair.OFTEN))) {
                Thread waiting = Thread.currentThread();
                Thread interrupting = new Thread(() -> {
                    sleep();
                    waiting.interrupt();
                });
                interrupting.start();
                assertThatThrownBy(() -> other.awaitPosition(watched.live().sourceNow(), SOON))
                        .isInstanceOf(InterruptedException.class);
                interrupting.join();
            }
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(MEANWHILE.toMillis());
        } catch (InterruptedException nobodyDoes) {
            throw new IllegalStateException(nobodyDoes);
        }
    }
}
