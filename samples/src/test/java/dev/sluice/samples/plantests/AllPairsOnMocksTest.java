// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.plantests;

import static dev.sluice.testing.assertions.SluiceAssertions.assertThat;
import static dev.sluice.testing.assertions.SluiceAssertions.assertThatThrownBy;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.secret.Secret;
import dev.sluice.aurora.AuroraEngine;
import dev.sluice.aurora.AuroraMySql;
import dev.sluice.core.Sluice;
import dev.sluice.external.ExternalEngine;
import dev.sluice.external.ExternalMySql;
import dev.sluice.rds.RdsEngine;
import dev.sluice.rds.RdsMySql;
import dev.sluice.rds.RdsOption;
import dev.sluice.testing.LagRule;
import dev.sluice.testing.ManualClock;
import dev.sluice.testing.MockEngine;
import dev.sluice.testing.MockFacts;
import dev.sluice.testing.MockMySql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A mock takes the place of every kind of server, in both roles, with and without GTIDs. */
@Timeout(60)
class AllPairsOnMocksTest {
    private final MockEngine mock = MockEngine.inPlaceOf(
                    ExternalEngine.create(), RdsEngine.create(), AuroraEngine.create())
            .clock(ManualClock.create())
            .lag(LagRule.shrinking(Duration.ofHours(1), 2));

    /** One of a kind on one side. */
    record Pair(SourceEndpoint source, ReplicaEndpoint replica, boolean gtids) {
        @Override
        public String toString() {
            return source.engine() + " to " + replica.engine() + (gtids ? " by GTIDs" : " by position");
        }
    }

    static List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (SourceEndpoint source : List.of(external("a"), rds("a"), aurora("a"), MockMySql.named("a"))) {
            for (ReplicaEndpoint replica : List.of(external("b"), rds("b"), aurora("b"), MockMySql.named("b"))) {
                pairs.add(new Pair(source, replica, false));
                pairs.add(new Pair(source, replica, true));
            }
        }
        return pairs;
    }

    private static ExternalMySql external(String name) {
        return ExternalMySql.at(name + ".example", 3306).credentials("root", Secret.env("NOBODY_ASKS"));
    }

    private static RdsMySql rds(String name) {
        return RdsMySql.instance("orders-" + name).region("eu-west-1").credentials("admin", Secret.env("NOBODY_ASKS"));
    }

    private static AuroraMySql aurora(String name) {
        return AuroraMySql.cluster("orders-" + name)
                .region("eu-west-1")
                .credentials("admin", Secret.env("NOBODY_ASKS"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everyPairIsSetUpOnceAndPausedAndEnded(Pair pair) throws InterruptedException {
        if (pair.gtids()) {
            mock.facts(pair.source(), facts(pair.source().engine().value()).gtidOn());
            mock.facts(pair.replica(), facts(pair.replica().engine().value()).gtidOn());
        }
        ReplicationPlan plan = ReplicationPlan.from(pair.source())
                .to(pair.replica())
                .replicationUserHost("10.0.%")
                .retainBinlogs(Duration.ofHours(144));
        try (Sluice sluice = mock.sluice().build()) {
            assertThat(run(sluice, plan)).succeeded().isVerified().leftNothing().tookAtLeast(Duration.ofMinutes(50));
            assertThat(run(sluice, plan)).as("the second time").succeeded().changedNothing();
            assertThat(run(sluice, PausePlan.stop(pair.replica()))).succeeded();
            assertThat(run(sluice, PausePlan.start(plan))).succeeded();
            assertThat(run(sluice, EndPlan.of(pair.replica()).source(pair.source())))
                    .succeeded()
                    .leftNothing();
        }
        assertThat(mock.statements()).noneMatch(sql -> sql.contains("mock-password"));
    }

    /** What an instance of RDS can be told beyond following, a mock of one can be told, too. */
    @Test
    void aDelayedReplicaThatFollowsGtids() throws InterruptedException {
        RdsMySql replica = rds("b");
        mock.facts(external("a"), MockFacts.mysql80().gtidOn())
                .facts(replica, MockFacts.rds80().gtidOn());
        ReplicationPlan plan = ReplicationPlan.from(external("a"))
                .to(replica, RdsOption.delayedBy(Duration.ofMinutes(30)))
                .withGtid()
                .replicationUserHost("10.0.%");

        try (Sluice sluice = mock.sluice().build()) {
            assertThat(sluice.compile(plan))
                    .sends("rds_set_external_source_gtid_purged")
                    .sends(", 1, 1800)");
            assertThat(run(sluice, plan.withBinlogPosition())).succeeded();
        }
        assertThat(mock.statements()).anyMatch(sql -> sql.contains("rds_set_external_master_with_delay"));
    }

    /** A version of a server at AWS as a replica, of a source that it may follow, and what only such a replica is sent. */
    record Versions(
            String name, SourceEndpoint source, MockFacts on, ReplicaEndpoint replica, MockFacts to, String sent) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Versions> versions() {
        return List.of(
                new Versions(
                        "RDS 5.7 to RDS 5.7",
                        rds("a"),
                        MockFacts.rds57(),
                        rds("b"),
                        MockFacts.rds57(),
                        "rds_set_external_master("),
                new Versions(
                        "RDS 5.7 to RDS 8.0",
                        rds("a"),
                        MockFacts.rds57(),
                        rds("b"),
                        MockFacts.rds80(),
                        "rds_set_external_source("),
                new Versions(
                        "Aurora 2 to Aurora 2",
                        aurora("a"),
                        MockFacts.aurora2(),
                        aurora("b"),
                        MockFacts.aurora2(),
                        "rds_set_external_master("),
                new Versions(
                        "Aurora 2 to Aurora 3",
                        aurora("a"),
                        MockFacts.aurora2(),
                        aurora("b"),
                        MockFacts.aurora3(),
                        "CALL mysql.rds_disable_session_binlog"),
                new Versions(
                        "Aurora 3 to Aurora 8.4",
                        aurora("a"),
                        MockFacts.aurora3(),
                        aurora("b"),
                        MockFacts.aurora84(),
                        "rds_set_binlog_source_ssl(1)"),
                new Versions(
                        "Aurora 8.4 to RDS 8.4",
                        aurora("a"),
                        MockFacts.aurora84(),
                        rds("b"),
                        MockFacts.rds84(),
                        "rds_set_external_source("));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyVersionIsSourceAndReplica(Versions versions) throws InterruptedException {
        mock.facts(versions.source(), versions.on()).facts(versions.replica(), versions.to());
        ReplicationPlan plan = ReplicationPlan.from(versions.source())
                .to(versions.replica())
                .replicationUserHost("10.0.%")
                .retainBinlogs(Duration.ofHours(144))
                .allowPlainText();
        try (Sluice sluice = mock.sluice().build()) {
            assertThat(sluice.compile(plan)).sends(versions.sent());
            assertThat(run(sluice, plan)).succeeded().isVerified().leftNothing();
        }
    }

    /** What a version cannot do, a mock of it refuses, too. */
    @Test
    void anAurora2EncryptsNoConnectionToItsSource() {
        mock.facts(rds("a"), MockFacts.rds57()).facts(aurora("b"), MockFacts.aurora2());
        ReplicationPlan plan = ReplicationPlan.from(rds("a")).to(aurora("b")).replicationUserHost("10.0.%");

        try (Sluice sluice = mock.sluice().build()) {
            assertThatThrownBy(() -> sluice.compile(plan))
                    .isInstanceOf(PlanRejectedException.class)
                    .hasMessageContaining("RDS-115");
            assertThat(sluice.compile(plan.allowPlainText())).doesNotSend("REQUIRE SSL");
        }
    }

    /** RDS applies by several workers where nobody says otherwise, and then cannot be stopped at one position. */
    @Test
    void rdsIsComparedAtOnePositionOnlyWhereOneWorkerApplies() {
        ReplicationPlan plan = ReplicationPlan.from(external("a"))
                .to(rds("b"))
                .replicationUserHost("10.0.%")
                .verifyAtOnePosition()
                .allowVerificationLock();

        try (Sluice sluice = mock.sluice().build()) {
            assertThatThrownBy(() -> sluice.compile(plan))
                    .isInstanceOf(PlanRejectedException.class)
                    .hasMessageContaining("it applies with 4 workers");
            mock.facts(rds("b"), MockFacts.rds80().variable("replica_parallel_workers", "1"));
            assertThat(sluice.compile(plan)).sends("rds_start_replication_until");
        }
    }

    /** An Aurora whose binary log is switched on by a reboot can have GTIDs from that very reboot on. */
    @Test
    void gtidsComeWithAurorasBinaryLog() {
        mock.facts(aurora("a"), MockFacts.aurora3().binlogOff())
                .facts(aurora("b"), MockFacts.aurora3().gtidOn());
        ReplicationPlan plan = ReplicationPlan.from(aurora("a"))
                .to(aurora("b"))
                .withGtid()
                .replicationUserHost("10.0.%")
                .allowWriterReboot();

        try (Sluice sluice = mock.sluice().build()) {
            assertThat(sluice.compile(plan)).positionsBy(Positioning.GTID).includesSteps(GuideStep.ENABLE_BINLOG);
        }
    }

    private static MockFacts facts(String engine) {
        return switch (engine) {
            case "rds-mysql" -> MockFacts.rds80();
            case "aurora-mysql" -> MockFacts.aurora3();
            default -> MockFacts.mysql80();
        };
    }

    private static RunResult run(Sluice sluice, Plan plan) throws InterruptedException {
        return sluice.start(sluice.compile(plan)).await();
    }
}
