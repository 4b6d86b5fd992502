// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.EndPlan;
import org.junit.jupiter.api.Test;

class IdentityRulesTest {
    @Test
    void oneServerOnBothEndsIsRefused() {
        assertThat(new SameServer().problems(Situation.replica(Server.replicaThatIsTheSource())))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(RuleCode.SAME_SERVER);
                    assertThat(problem.what()).contains("10.0.0.1:3306", "10.0.0.2:3306", Server.SOURCE_UUID);
                });
    }

    @Test
    void twoServersAreFine() {
        assertThat(new SameServer().problems(Situation.healthy())).isEmpty();
    }

    @Test
    void aSourceThatFollowsTheReplicaIsRefused() {
        Server source = Server.source().follows("back", "10.0.0.2", Server.REPLICA_UUID);

        assertThat(new Circle().problems(Situation.source(source)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("'back'"));
    }

    @Test
    void aSourceThatIsToFollowTheReplicaAndNeverConnectedIsRefused() {
        Server source = Server.source().follows("", "10.0.0.2", "");

        assertThat(new Circle().problems(Situation.source(source))).hasSize(1);
    }

    @Test
    void aSourceMayFollowAThirdServer() {
        Server source = Server.source().follows("", "10.0.0.3", "33333333-3333-3333-3333-333333333333");

        assertThat(new Circle().problems(Situation.source(source))).isEmpty();
    }

    @Test
    void aReplicaThatFollowsAnotherServerIsRefused() {
        Server replica = Server.replica()
                .follows("", "10.0.0.3", "33333333-3333-3333-3333-333333333333")
                .follows("other", "10.0.0.4", "");

        assertThat(new ReplicaFollowsAnother().problems(Situation.replica(replica)))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.remedy()).contains("EndPlan.of(replica)"))
                .extracting(Problem::what)
                .satisfiesExactly(
                        one -> assertThat(one).contains("10.0.0.3:3306"),
                        two -> assertThat(two).contains("'other'"));
    }

    @Test
    void aReplicaThatFollowsThisSourceByThisPlanIsFine() {
        Server replica = Server.replica().follows("", "10.0.0.1", Server.SOURCE_UUID);

        assertThat(new ReplicaFollowsAnother()
                        .problems(Situation.replica(replica).alreadyRunning()))
                .isEmpty();
    }

    @Test
    void aSecondChannelBesideThePlansOwnIsRefused() {
        Server replica =
                Server.replica().follows("", "10.0.0.1", Server.SOURCE_UUID).follows("second", "10.0.0.3", "");

        assertThat(new ReplicaFollowsAnother()
                        .problems(Situation.replica(replica).alreadyRunning()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("'second'"));
    }

    @Test
    void aPlanThatEndsTheReplicationOfAnotherSourceIsRefused() {
        Server replica = Server.replica().follows("", "10.0.0.3", "33333333-3333-3333-3333-333333333333");
        EndPlan end = EndPlan.of(new TestServer("10.0.0.2")).source(new TestServer("10.0.0.1"));

        assertThat(new ServerRules().problems(Situation.replica(replica).ending(end)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(RuleCode.END_OF_ANOTHER));
    }

    @Test
    void aPlanThatEndsTheReplicationOfItsSourceIsFine() {
        Server replica = Server.replica().follows("", "10.0.0.1", Server.SOURCE_UUID);
        EndPlan end = EndPlan.of(new TestServer("10.0.0.2")).source(new TestServer("10.0.0.1"));

        assertThat(new ServerRules().problems(Situation.replica(replica).ending(end)))
                .isEmpty();
    }

    @Test
    void aReplicaWithGtidsThatTheSourceDoesNotHaveIsRefused() {
        Situation situation = Situation.of(
                Server.source().gtidExecuted(Server.SOURCE_UUID + ":1-5"),
                Server.replica().gtidExecuted(Server.SOURCE_UUID + ":1-7," + Server.REPLICA_UUID + ":1-3"));

        assertThat(new ReplicaAhead().problems(situation))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).endsWith(Server.SOURCE_UUID + ":6-7"));
    }

    @Test
    void aReplicaMayHaveGtidsOfItsOwnAndOldOnesOfTheSource() {
        Situation situation = Situation.of(
                Server.source().gtidExecuted(Server.SOURCE_UUID + ":1-5"),
                Server.replica().gtidExecuted(Server.SOURCE_UUID + ":1-5," + Server.REPLICA_UUID + ":1-3"));

        assertThat(new ReplicaAhead().problems(situation)).isEmpty();
    }
}
