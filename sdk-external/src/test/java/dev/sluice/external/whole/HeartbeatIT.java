// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.plan.HeartbeatPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.api.run.RunState;
import dev.sluice.external.whole.WatchedPair.Heartbeats;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table for heartbeats is made and removed by previewed statements, and written only where that is allowed. */
@Timeout(180)
class HeartbeatIT {
    private static final MonitorSettings BEATING =
            MonitorSettings.every(WatchedPair.OFTEN).withHeartbeatEvery(WatchedPair.OFTEN);

    private static RunState run(Pair pair, HeartbeatPlan plan) throws InterruptedException {
        return pair.sluice().start(pair.sluice().compile(plan)).await().state();
    }

    private static String tables(MySqlServer server) {
        return server.query("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'sluice_heartbeat'")
                .toString();
    }

    private static String databases(MySqlServer server) {
        return server.query("SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'sluice_heartbeat'")
                .toString();
    }

    @Test
    void itIsMadeWhileReplicationRunsAndRemovedAgain() throws InterruptedException {
        isMadeAndRemoved(MySqlRelease.MYSQL_8_0_31);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_9"})
    void onOtherServersItIsAsWell(MySqlRelease release) throws InterruptedException {
        isMadeAndRemoved(release);
    }

    private static void isMadeAndRemoved(MySqlRelease release) throws InterruptedException {
        try (WatchedPair watched = new WatchedPair(Pair.position(release, release), Heartbeats.NONE)) {
            Pair pair = watched.pair();
            assertNothingIsMadeOrWrittenWithoutConsentOrOutOfScope(pair, watched.plan());
            ReplicationPlan plan = watched.plan().allowHeartbeat();
            CompiledPlan compiled = pair.sluice().compile(HeartbeatPlan.create(plan));
            assertThat(compiled.explain().text())
                    .contains("CREATE TABLE IF NOT EXISTS `sluice_heartbeat`.`beat`")
                    .contains("REPLACE INTO `sluice_heartbeat`.`beat`");
            assertThat(pair.sluice().planFromJson(pair.sluice().toJson(compiled.plan())))
                    .isEqualTo(compiled.plan());

            assertThat(pair.sluice().start(compiled).await().state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(run(pair, HeartbeatPlan.create(plan))).isEqualTo(RunState.SUCCEEDED);
            try (Monitor monitor = pair.sluice().live(plan).monitor(BEATING)) {
                await().until(() -> monitor.latest()
                        .flatMap(state -> state.lag().byHeartbeat())
                        .filter(range -> range.atMost().isPresent())
                        .isPresent());
            }
            assertThat(run(pair, HeartbeatPlan.remove(plan))).isEqualTo(RunState.SUCCEEDED);
            watched.live().awaitApplied(watched.live().sourceNow(), Duration.ofSeconds(20));

            assertThat(databases(pair.source())).isEqualTo("[[0]]");
            assertThat(databases(pair.replica())).isEqualTo("[[0]]");
        }
    }

    @Test
    void whatIsInTheDatabaseBesidesStays() throws InterruptedException {
        try (WatchedPair watched =
                new WatchedPair(Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31), Heartbeats.ALLOWED)) {
            watched.source().execute("CREATE TABLE sluice_heartbeat.theirs (id INT PRIMARY KEY)");

            assertThat(run(watched.pair(), HeartbeatPlan.remove(watched.plan())))
                    .isEqualTo(RunState.SUCCEEDED);
            assertThat(tables(watched.source())).isEqualTo("[[theirs]]");
        }
    }

    private static void assertNothingIsMadeOrWrittenWithoutConsentOrOutOfScope(Pair pair, ReplicationPlan plan) {
        ReplicationPlan narrow = plan.allowHeartbeat().databases("shop");

        assertThatThrownBy(() -> pair.sluice().compile(HeartbeatPlan.create(plan)))
                .isInstanceOf(PlanRejectedException.class)
                .hasMessageContaining("allowHeartbeat()");
        assertThatThrownBy(() -> pair.sluice().live(plan).monitor(BEATING))
                .isInstanceOf(PlanRejectedException.class)
                .hasMessageContaining("allowHeartbeat()");
        assertThatThrownBy(() -> pair.sluice().compile(HeartbeatPlan.create(narrow)))
                .hasMessageContaining("CORE-178")
                .hasMessageContaining("shop");
        assertThatThrownBy(() -> pair.sluice().live(narrow).monitor(BEATING)).hasMessageContaining("CORE-178");
        assertThat(databases(pair.source())).isEqualTo("[[0]]");
    }

    /** Its row changes all the time, and is no difference. */
    @Test
    void aComparisonWhileItBeatsFindsNoDifference() throws InterruptedException {
        try (WatchedPair watched = new WatchedPair(
                        Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31), Heartbeats.ALLOWED);
                Monitor monitor = watched.monitor(BEATING)) {
            await().until(() ->
                    monitor.latest().flatMap(state -> state.lag().byHeartbeat()).isPresent());

            assertThat(watched.live().compareLive().isClean()).isTrue();
        }
    }
}
