// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static dev.sluice.api.plan.GuideStep.CREATE_REPLICATION_USER;
import static dev.sluice.api.plan.GuideStep.DROP_REPLICATION_USER;
import static dev.sluice.api.plan.GuideStep.ENABLE_REPLICATION;
import static dev.sluice.api.plan.GuideStep.RELAX_RETENTION;
import static dev.sluice.api.plan.GuideStep.RESET_REPLICA;
import static dev.sluice.api.plan.GuideStep.RETAIN_BINLOGS;
import static dev.sluice.api.plan.GuideStep.STOP_REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.Look;
import dev.sluice.core.mysql.CoordinatesReader;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.testing.front.FaultFront;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The steps between two servers dressed as RDS, with the privileges that AWS grants. */
@Timeout(180)
@Tag("long")
class RdsStepsIT {
    private final Servers servers = new Servers();
    private final RdsEngine engine = RdsEngine.create();

    @AfterEach
    void close() {
        servers.close();
    }

    /** Two servers and the plan between them. */
    private final class Pair implements AutoCloseable {
        private final DressedServer source;
        private final DressedServer replica;
        private final FaultFront front;
        private ReplicationPlan plan;
        private StepDriver steps;

        Pair(RdsFlavour flavour) {
            source = servers.dressed(flavour);
            replica = servers.dressed(flavour);
            front = FaultFront.to("127.0.0.1", source.server().port());
            plan = ReplicationPlan.from(
                            servers.endpoint("orders", source).reachableByReplicaAt("127.0.0.1", front.port()))
                    .to(servers.endpoint("orders-copy", replica))
                    .replicationUserHost("%")
                    .retainBinlogs(Duration.ofHours(144))
                    .allowPlainText();
            steps = driver();
        }

        StepDriver driver() {
            MySqlSession session = Servers.session(source);
            Coordinates here =
                    new CoordinatesReader(Dialect.of(session.version()), Clock.systemUTC()).read(session, "", "test");
            return new StepDriver(engine, plan, session, Servers.session(replica), here);
        }

        /** For steps that wait until the replica has all that the source has at each look. */
        StepDriver waitingForAll() {
            return new StepDriver(engine, plan, Servers.session(source), Servers.session(replica), null);
        }

        /** The same with facts as they are now. */
        void askAgain() {
            steps.close();
            steps = driver();
        }

        void replicate() {
            steps.doMissing(CREATE_REPLICATION_USER);
            steps.doMissing(ENABLE_REPLICATION);
            await().atMost(Duration.ofSeconds(30)).until(() -> steps.look(ENABLE_REPLICATION) instanceof Look.Done);
        }

        StepDriver end() {
            EndPlan end = EndPlan.of(plan.replica()).source(plan.source()).dropReplicationUser("sluice_repl", "%");
            return new StepDriver(engine, end, Servers.session(source), Servers.session(replica), null);
        }

        String retention() {
            return String.valueOf(source.server()
                    .query("SELECT value FROM mysql.rds_configuration WHERE name = 'binlog retention hours'")
                    .get(0)
                    .get(0));
        }

        @Override
        public void close() {
            steps.close();
            front.close();
        }
    }

    private static void assertDone(StepDriver steps, GuideStep row) {
        assertThat(steps.look(row)).isInstanceOf(Look.Done.class);
        assertThat(steps.doMissing(row)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = RdsFlavour.class, names = "MYSQL_.*", mode = EnumSource.Mode.MATCH_ANY)
    void theRetentionIsRaisedReadBackAndRestored(RdsFlavour flavour) {
        try (Pair pair = new Pair(flavour)) {
            assertThat(pair.steps.look(RETAIN_BINLOGS)).isInstanceOf(Look.Missing.class);
            pair.steps.doMissing(RETAIN_BINLOGS);

            assertThat(pair.retention()).isEqualTo("144");
            assertDone(pair.steps, RETAIN_BINLOGS);

            pair.steps.undo(RETAIN_BINLOGS);
            assertThat(pair.retention()).isEqualTo("null");
        }
    }

    @ParameterizedTest
    @EnumSource(value = RdsFlavour.class, names = "MYSQL_8_0")
    void aRetentionThatSomebodyElseHasSetIsNotRestored(RdsFlavour flavour) {
        try (Pair pair = new Pair(flavour)) {
            pair.steps.doMissing(RETAIN_BINLOGS);
            pair.source.server().execute("CALL mysql.rds_set_configuration('binlog retention hours', 168)");

            pair.steps.undo(RETAIN_BINLOGS);

            assertThat(pair.retention()).isEqualTo("168");
            assertThat(pair.steps.look(RELAX_RETENTION).evidence()).contains("somebody else");
        }
    }

    @ParameterizedTest
    @EnumSource(value = RdsFlavour.class, names = "MYSQL_.*", mode = EnumSource.Mode.MATCH_ANY)
    void replicationIsEnabledConfirmedStoppedAndReset(RdsFlavour flavour) {
        try (Pair pair = new Pair(flavour)) {
            pair.replicate();
            assertDone(pair.steps, CREATE_REPLICATION_USER);
            assertDone(pair.steps, ENABLE_REPLICATION);
            pair.source.server().execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY)");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !pair.replica
                            .server()
                            .query("SHOW DATABASES LIKE 'shop'")
                            .isEmpty());

            try (StepDriver end = pair.end()) {
                assertThat(end.doMissing(STOP_REPLICATION)).isEmpty();
                assertDone(end, STOP_REPLICATION);
                assertThat(end.doMissing(RESET_REPLICA)).isEmpty();
                assertDone(end, RESET_REPLICA);
                end.doMissing(DROP_REPLICATION_USER);
                assertDone(end, DROP_REPLICATION_USER);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RdsFlavour.class,
            names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theRetentionIsRelaxedAtLagZero(RdsFlavour flavour) throws SQLException {
        try (Pair pair = new Pair(flavour);
                StepDriver relaxing = pair.waitingForAll()) {
            pair.steps.doMissing(RETAIN_BINLOGS);
            assertThatThrownBy(() -> relaxing.look(RELAX_RETENTION))
                    .isInstanceOf(StepRefusedException.class)
                    .hasMessageContaining("CORE-121");
            pair.source.server().execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY)");
            pair.replicate();
            await().atMost(Duration.ofSeconds(30)).until(() -> relaxing.look(RELAX_RETENTION) instanceof Look.Missing);
            assertNotRelaxedWhileTheReplicaLags(pair, relaxing);
            await().atMost(Duration.ofSeconds(30)).until(() -> relaxing.look(RELAX_RETENTION) instanceof Look.Missing);

            relaxing.doMissing(RELAX_RETENTION);

            assertThat(pair.retention()).isEqualTo("24");
            assertDone(relaxing, RELAX_RETENTION);
        }
    }

    /** A replica that runs without an error, and has not applied what the source has. */
    private static void assertNotRelaxedWhileTheReplicaLags(Pair pair, StepDriver relaxing) throws SQLException {
        try (Connection other = pair.replica.server().connect();
                Statement holding = other.createStatement()) {
            holding.execute("LOCK TABLES shop.item READ");
            pair.source.server().execute("INSERT INTO shop.item VALUES (1)");

            assertThat(relaxing.look(RELAX_RETENTION))
                    .isInstanceOfSatisfying(
                            Look.Unknown.class,
                            behind -> assertThat(behind.evidence()).contains("has not applied everything"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RdsFlavour.class,
            names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aStartThatRaisesWhileConnectingIsJudgedByTheStatus(RdsFlavour flavour) {
        try (Pair pair = new Pair(flavour)) {
            pair.front.stall();
            pair.steps.doMissing(CREATE_REPLICATION_USER);

            assertThat(pair.steps.doMissing(ENABLE_REPLICATION)).hasSize(1);
            assertThat(pair.steps.look(ENABLE_REPLICATION)).isInstanceOf(Look.Unknown.class);

            pair.front.heal();
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> pair.steps.look(ENABLE_REPLICATION) instanceof Look.Done);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RdsFlavour.class,
            names = {"MYSQL_5_7", "MYSQL_8_0"})
    void replicationOfWhichOnlyHalfRunsIsStoppedAndStarted(RdsFlavour flavour) {
        try (Pair pair = new Pair(flavour)) {
            pair.replicate();
            String half = flavour == RdsFlavour.MYSQL_5_7 ? "STOP SLAVE SQL_THREAD" : "STOP REPLICA SQL_THREAD";
            pair.replica.server().execute(half);
            pair.askAgain();

            assertThat(pair.steps.look(ENABLE_REPLICATION))
                    .isInstanceOfSatisfying(
                            Look.Missing.class,
                            missing -> assertThat(missing.operationIds())
                                    .containsExactly("stop-what-half-runs", "start-replication"));
            assertThat(pair.steps.doMissing(ENABLE_REPLICATION)).isEmpty();
            assertDone(pair.steps, ENABLE_REPLICATION);
        }
    }

    @ParameterizedTest
    @EnumSource(value = RdsFlavour.class, names = "MYSQL_8_0")
    void cancellingTakesTheReplicationOffAgain(RdsFlavour flavour) {
        try (Pair pair = new Pair(flavour)) {
            pair.replicate();

            pair.steps.undo(ENABLE_REPLICATION);
            pair.steps.undo(CREATE_REPLICATION_USER);
            pair.askAgain();

            assertThat(pair.steps.replicaFacts().channels()).isEmpty();
            assertThat(pair.source.server().query("SELECT 1 FROM mysql.user WHERE User = 'sluice_repl'"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RdsFlavour.class,
            names = {"MYSQL_5_7", "MYSQL_8_0"})
    void aWrongPasswordIsToldAtOnce(RdsFlavour flavour) {
        try (Pair pair = new Pair(flavour)) {
            pair.steps.doMissing(CREATE_REPLICATION_USER);
            pair.source.server().execute("ALTER USER sluice_repl@'%' IDENTIFIED BY 'Another-1'");
            pair.steps.doMissing(ENABLE_REPLICATION);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThatThrownBy(() -> pair.steps.look(ENABLE_REPLICATION))
                            .isInstanceOf(StepRefusedException.class)
                            .hasMessageContainingAll("RDS-205", "sluice_repl"));
        }
    }

    @ParameterizedTest
    @EnumSource(value = RdsFlavour.class, names = "MYSQL_8_0")
    void aReplicaOfAnotherSourceIsRefused(RdsFlavour flavour) {
        try (Pair pair = new Pair(flavour)) {
            pair.replica
                    .server()
                    .execute("CALL mysql.rds_set_external_master('elsewhere', 3306, 'u', 'p', 'f.000001', 4, 0)");

            assertThatThrownBy(() -> pair.steps.look(ENABLE_REPLICATION))
                    .isInstanceOf(StepRefusedException.class)
                    .hasMessageContainingAll("RDS-204", "elsewhere");
        }
    }
}
