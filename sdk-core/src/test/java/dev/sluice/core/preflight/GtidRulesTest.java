// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GtidRulesTest {
    private static Situation modes(String source, String replica) {
        return Situation.of(Server.source().gtidMode(source), Server.replica().gtidMode(replica));
    }

    @Test
    void followingGtidsNeedsThemOnBothServers() {
        assertThat(new GtidNotOn().problems(modes("ON_PERMISSIVE", "OFF").plan(ReplicationPlan::withGtid)))
                .hasSize(2)
                .extracting(Problem::what)
                .satisfiesExactly(
                        one -> assertThat(one).contains("10.0.0.1", "gtid_mode=ON_PERMISSIVE"),
                        two -> assertThat(two).contains("10.0.0.2", "gtid_mode=OFF"));
    }

    @Test
    void followingGtidsOnServersThatHaveThemIsFine() {
        assertThat(new GtidNotOn().problems(modes("ON", "ON").plan(ReplicationPlan::withGtid)))
                .isEmpty();
    }

    @Test
    void aPlanThatOnlyCopiesNeedsNoGtids() {
        assertThat(new GtidNotOn()
                        .problems(
                                modes("OFF", "OFF").plan(plan -> plan.withGtid().until(GuideStep.LOAD))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ON_PERMISSIVE, OFF", "ON, OFF", "OFF, ON", "OFF_PERMISSIVE, ON"})
    void modesThatDoNotReplicateAreRefused(String source, String replica) {
        assertThat(new GtidModesClash().problems(modes(source, replica)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("=" + source + " ", " " + replica + ","));
        assertThat(new GtidModesLoose().problems(modes(source, replica))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OFF_PERMISSIVE, OFF", "ON_PERMISSIVE, ON"})
    void modesThatReplicateUntilTheWrongTransactionComesAreAWarning(String source, String replica) {
        assertThat(new GtidModesLoose().problems(modes(source, replica))).hasSize(1);
        assertThat(new GtidModesClash().problems(modes(source, replica))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "OFF, OFF",
        "OFF, OFF_PERMISSIVE",
        "OFF, ON_PERMISSIVE",
        "OFF_PERMISSIVE, OFF_PERMISSIVE",
        "OFF_PERMISSIVE, ON_PERMISSIVE",
        "ON_PERMISSIVE, OFF_PERMISSIVE",
        "ON_PERMISSIVE, ON_PERMISSIVE",
        "ON, OFF_PERMISSIVE",
        "ON, ON_PERMISSIVE",
        "ON, ON"
    })
    void modesThatFitAreFine(String source, String replica) {
        assertThat(new GtidModesClash().problems(modes(source, replica))).isEmpty();
        assertThat(new GtidModesLoose().problems(modes(source, replica))).isEmpty();
    }

    @Test
    void aPlanThatAsksForGtidsHearsOfThemOnce() {
        Situation situation = modes("ON", "OFF").plan(ReplicationPlan::withGtid);

        assertThat(new GtidModesClash().problems(situation)).isEmpty();
        assertThat(new GtidNotOn().problems(situation)).hasSize(1);
    }

    @Test
    void aReplicaStricterThanItsSourceIsAWarning() {
        Server replica = Server.replica().variable("enforce_gtid_consistency", "ON");

        assertThat(new GtidConsistency().problems(Situation.replica(replica))).hasSize(1);
    }

    @Test
    void aSourceAsStrictAsItsReplicaIsFine() {
        Situation situation = Situation.of(
                Server.source().variable("enforce_gtid_consistency", "ON"),
                Server.replica().variable("enforce_gtid_consistency", "ON"));

        assertThat(new GtidConsistency().problems(situation)).isEmpty();
    }

    private static ReplicationPlan startingAt(ReplicationPlan plan, String serverUuid, String gtids) {
        MySqlGtidSet set = gtids.isEmpty() ? null : MySqlGtidSet.parse(gtids);
        return plan.startingFrom(
                new Coordinates(serverUuid, "", new BinlogPosition("binlog.000003", 157), set, Instant.EPOCH, "given"));
    }

    @Test
    void startCoordinatesOfAnotherServerAreRefused() {
        assertThat(new ForeignStart()
                        .problems(Situation.healthy().plan(plan -> startingAt(plan, Server.REPLICA_UUID, ""))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what())
                        .contains("binlog.000003:157", Server.REPLICA_UUID, Server.SOURCE_UUID));
    }

    @Test
    void startCoordinatesOfTheSourceAreFine() {
        assertThat(new ForeignStart()
                        .problems(Situation.healthy().plan(plan -> startingAt(plan, Server.SOURCE_UUID, ""))))
                .isEmpty();
    }

    @Test
    void startCoordinatesWithoutGtidsDoNotFollowThem() {
        assertThat(new StartWithoutGtids()
                        .problems(modes("ON", "ON").plan(plan -> startingAt(plan, Server.SOURCE_UUID, ""))))
                .hasSize(1);
    }

    @Test
    void startCoordinatesWithGtidsFollowThem() {
        assertThat(new StartWithoutGtids()
                        .problems(modes("ON", "ON")
                                .plan(plan -> startingAt(plan, Server.SOURCE_UUID, Server.SOURCE_UUID + ":1-9"))))
                .isEmpty();
    }

    @Test
    void startCoordinatesWithoutGtidsFollowThePosition() {
        assertThat(new StartWithoutGtids()
                        .problems(modes("ON", "ON")
                                .plan(plan ->
                                        startingAt(plan, Server.SOURCE_UUID, "").withBinlogPosition())))
                .isEmpty();
    }
}
