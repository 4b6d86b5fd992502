// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.testing.MockContext;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.ServerOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every step on real servers: what is missing is done, shows as done, and shows as missing again after it was undone. */
@Timeout(180)
@Tag("long")
class ExternalStepsIT {
    private static final List<Step> BEFORE_SNAPSHOT =
            List.of(new EnableBinlog(), new RetainBinlogs(), new CreateReplicationUser(), new PrepareReplica());
    private static final List<Step> AFTER_LOAD = List.of(new ProtectReplica(), new EnableReplication());

    private static RealPair pair(MySqlRelease release) {
        String retention = release.isAtLeast(8, 0, 1) ? "binlog_expire_logs_seconds" : "expire_logs_days";
        return new RealPair(
                release,
                source -> source.gtid()
                        .serverId(7)
                        .setting("binlog_format", "MIXED")
                        .setting("binlog_row_image", "MINIMAL")
                        .setting(retention, release.isAtLeast(8, 0, 1) ? "3600" : "1"),
                replica -> replica.gtid().serverId(7));
    }

    private static ReplicationPlan demanding(RealPair pair) {
        return pair.plan()
                .databases("shop")
                .retainBinlogs(Duration.ofHours(72))
                .allowReplicaBinlogReset()
                .allowServerIdChange();
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void eachStepIsMissingThenDoneThenUndoneWithGtids(MySqlRelease release) {
        try (RealPair pair = pair(release)) {
            goThereAndBack(pair, demanding(pair).withGtid());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15"})
    void eachStepIsMissingThenDoneThenUndoneWithPositions(MySqlRelease release) {
        try (RealPair pair = pair(release)) {
            goThereAndBack(pair, demanding(pair).withBinlogPosition());
        }
    }

    private static void goThereAndBack(RealPair pair, ReplicationPlan plan) {
        List<MockContext> compiled = new ArrayList<>();
        for (Step step : BEFORE_SNAPSHOT) {
            compiled.add(doOnce(pair, plan, step));
        }
        pair.source().execute("CREATE DATABASE shop");
        pair.replica().execute("CREATE DATABASE shop");
        pair.takeSnapshot();
        for (Step step : AFTER_LOAD) {
            compiled.add(doOnce(pair, plan, step));
        }

        pair.undoAll();

        List<Step> steps = new ArrayList<>(BEFORE_SNAPSHOT);
        steps.addAll(AFTER_LOAD);
        for (int i = 0; i < steps.size(); i++) {
            if (!compiled.get(i).step().operations().isEmpty()) {
                assertThat(pair.look(steps.get(i), compiled.get(i))).isInstanceOf(Look.Missing.class);
            }
        }
        assertNothingIsLeft(pair);
    }

    private static MockContext doOnce(RealPair pair, Plan plan, Step step) {
        MockContext compiled = pair.context(plan).at(step);
        if (!compiled.step().operations().isEmpty()) {
            Look before = pair.look(step, compiled);
            assertThat(before).as(step.key().toString()).isInstanceOf(Look.Missing.class);
            pair.perform(compiled, before);
        }
        assertThat(pair.lookUntilKnown(step, compiled))
                .as(step.key().toString())
                .isInstanceOf(Look.Done.class);
        return compiled;
    }

    /** What undos put back is checked on the server, not by the steps' own eyes. */
    private static void assertNothingIsLeft(RealPair pair) {
        assertThat(pair.source().query("SELECT User FROM mysql.user WHERE User = 'sluice_repl'"))
                .isEmpty();
        assertThat(pair.source().queryValue("SELECT @@GLOBAL.binlog_format")).contains("MIXED");
        assertThat(pair.source().queryValue("SELECT @@GLOBAL.binlog_row_image")).contains("MINIMAL");
        assertThat(pair.replica().queryValue("SELECT @@GLOBAL.server_id")).contains("7");
        assertThat(pair.replica().queryValue("SELECT @@GLOBAL.read_only + @@GLOBAL.super_read_only"))
                .contains("0");
        if (pair.source().version().isAtLeast(8, 0, 0)) {
            String persisted = "SELECT VARIABLE_NAME FROM performance_schema.persisted_variables";
            assertThat(pair.source().query(persisted)).isEmpty();
            assertThat(pair.replica().query(persisted)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void rowsArriveAndASecondRunChangesNothingAndTheEndTakesItDown(MySqlRelease release) {
        try (RealPair pair = pair(release)) {
            ReplicationPlan plan = demanding(pair);
            BEFORE_SNAPSHOT.forEach(step -> doOnce(pair, plan, step));
            for (var server : List.of(pair.source(), pair.replica())) {
                server.execute("CREATE DATABASE shop");
                server.execute("CREATE TABLE shop.t (id INT PRIMARY KEY)");
            }
            pair.takeSnapshot();
            AFTER_LOAD.forEach(step -> doOnce(pair, plan, step));

            pair.source().execute("INSERT INTO shop.t VALUES (1)");
            pair.source().execute("CREATE DATABASE elsewhere");
            pair.source().execute("CREATE USER 'nobody'@'nowhere'");
            pair.awaitOnReplica("SELECT COUNT(*) FROM shop.t", "1");
            assertThat(pair.replica().query("SHOW DATABASES LIKE 'elsewhere'")).isEmpty();

            secondRunFindsEverythingDone(pair, plan);
            end(pair);
        }
    }

    private static void secondRunFindsEverythingDone(RealPair pair, ReplicationPlan plan) {
        List<Step> all = new ArrayList<>(BEFORE_SNAPSHOT);
        all.addAll(AFTER_LOAD);
        all.add(new RelaxRetention());
        for (Step step : all) {
            MockContext again = pair.context(plan).at(step);
            assertThat(pair.lookUntilKnown(step, again))
                    .as(step.key().toString())
                    .isInstanceOf(Look.Done.class);
        }
    }

    private static void end(RealPair pair) {
        EndPlan end = EndPlan.of(RealPair.endpoint(pair.replicaServer()))
                .source(RealPair.endpoint(pair.sourceServer()))
                .dropReplicationUser("sluice_repl", "127.0.0.1");
        for (Step step :
                List.of(new StopReplication(), new ResetReplica(), new DropReplicationUser(), new RestoreRetention())) {
            doOnce(pair, end, step);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_31"})
    void aRestartWithoutTheNamedOptionsDisablesTheBinaryLog(MySqlRelease release) {
        try (RealPair pair = new RealPair(release, source -> source, replica -> replica)) {
            EndPlan end = EndPlan.of(RealPair.endpoint(pair.replicaServer()))
                    .source(RealPair.endpoint(pair.sourceServer()))
                    .disableBinlog();
            MockContext compiled = pair.context(end).at(new DisableBinlog());
            assertThat(pair.look(new DisableBinlog(), compiled)).isInstanceOf(Look.Missing.class);

            pair.sourceServer().restart(ServerOptions::withoutBinaryLog);
            pair.reconnect();

            assertThat(pair.look(new DisableBinlog(), compiled)).isInstanceOf(Look.Done.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void theRaisedRetentionIsRelaxedWhenTheLagIsZeroAndLeavesNothingPersisted(MySqlRelease release)
            throws SQLException {
        try (RealPair pair = pair(release)) {
            ReplicationPlan plan = demanding(pair).retainWhileReplicating(Duration.ofHours(1));
            MockContext relaxing = pair.context(plan).at(new RelaxRetention());
            BEFORE_SNAPSHOT.forEach(step -> doOnce(pair, plan, step));
            for (var server : List.of(pair.source(), pair.replica())) {
                server.execute("CREATE DATABASE shop");
                server.execute("CREATE TABLE shop.t (id INT PRIMARY KEY)");
            }
            pair.takeSnapshot();
            assertThatThrownBy(() -> pair.look(new RelaxRetention(), relaxing))
                    .isInstanceOf(StepRefusedException.class)
                    .hasMessageContaining("CORE-121");
            AFTER_LOAD.forEach(step -> doOnce(pair, plan, step));
            assertNotRelaxedWhileTheReplicaLags(pair, relaxing);

            Look look = pair.lookUntilKnown(new RelaxRetention(), relaxing);
            pair.perform(relaxing, look);

            assertThat(pair.look(new RelaxRetention(), relaxing)).isInstanceOf(Look.Done.class);
            if (pair.source().version().isAtLeast(8, 0, 0)) {
                assertThat(pair.source().queryValue("SELECT @@GLOBAL.binlog_expire_logs_seconds"))
                        .contains("3600");
                assertThat(pair.source().queryValue(PersistedVariables.query("binlog_expire_logs_seconds")))
                        .isEmpty();
            } else {
                assertThat(pair.source().queryValue("SELECT @@GLOBAL.expire_logs_days"))
                        .contains("1");
            }
        }
    }

    /** A replica that runs without an error, and has not applied what the source has. */
    private static void assertNotRelaxedWhileTheReplicaLags(RealPair pair, MockContext relaxing) throws SQLException {
        try (Connection other = pair.replicaServer().connect();
                Statement holding = other.createStatement()) {
            holding.execute("LOCK TABLES shop.t READ");
            pair.source().execute("INSERT INTO shop.t VALUES (1)");

            assertThat(pair.look(new RelaxRetention(), relaxing))
                    .isInstanceOfSatisfying(
                            Look.Unknown.class,
                            behind -> assertThat(behind.evidence()).contains("has not applied everything"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_31"})
    void aRestartedReplicaStaysStoppedUntilItsFilterIsSetAgain(MySqlRelease release) {
        try (RealPair pair = pair(release)) {
            ReplicationPlan plan = replicating(pair);

            pair.replicaServer().restart();
            pair.reconnect();

            MockContext again = pair.context(plan).at(new EnableReplication());
            assertThat(again.alreadyReplicating()).isTrue();
            Look look = pair.look(new EnableReplication(), again);
            assertThat(look)
                    .isInstanceOfSatisfying(
                            Look.Missing.class,
                            missing -> assertThat(missing.operationIds()).containsExactly("set-filter", "start"));
            pair.perform(again, look);
            assertThat(pair.lookUntilKnown(new EnableReplication(), again)).isInstanceOf(Look.Done.class);
            assertThat(pair.look(new ProtectReplica(), pair.context(plan).at(new ProtectReplica())))
                    .isInstanceOf(Look.Done.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_9"})
    void aFilterThatSomebodyRemovedIsSetAgainWithTheApplierStopped(MySqlRelease release) {
        try (RealPair pair = pair(release)) {
            ReplicationPlan plan = replicating(pair);
            String replica = release.isAtLeast(8, 0, 22) ? "REPLICA" : "SLAVE";
            pair.replica().execute("STOP " + replica);
            pair.replica().execute("CHANGE REPLICATION FILTER REPLICATE_WILD_DO_TABLE = ()");
            pair.replica().execute("START " + replica);

            MockContext again = pair.context(plan).at(new EnableReplication());
            Look look = pair.look(new EnableReplication(), again);
            assertThat(look)
                    .isInstanceOfSatisfying(
                            Look.Missing.class,
                            missing -> assertThat(missing.operationIds())
                                    .containsExactly("stop-applier", "set-filter", "start"));
            pair.perform(again, look);

            assertThat(pair.lookUntilKnown(new EnableReplication(), again)).isInstanceOf(Look.Done.class);
        }
    }

    private static ReplicationPlan replicating(RealPair pair) {
        ReplicationPlan plan = demanding(pair);
        BEFORE_SNAPSHOT.forEach(step -> doOnce(pair, plan, step));
        pair.source().execute("CREATE DATABASE shop");
        pair.replica().execute("CREATE DATABASE shop");
        pair.takeSnapshot();
        AFTER_LOAD.forEach(step -> doOnce(pair, plan, step));
        return plan;
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_31"})
    void aSourceThatCountsItsRetentionInDaysIsRaisedInDays(MySqlRelease release) {
        try (RealPair pair = new RealPair(
                release,
                source -> source.setting("expire_logs_days", "1").setting("binlog_expire_logs_seconds", "0"),
                replica -> replica)) {
            ReplicationPlan plan = pair.plan().retainBinlogs(Duration.ofHours(49));

            doOnce(pair, plan, new RetainBinlogs());

            assertThat(pair.source().queryValue("SELECT @@GLOBAL.expire_logs_days"))
                    .contains("3");
            pair.undoAll();
            assertThat(pair.source().queryValue("SELECT @@GLOBAL.expire_logs_days"))
                    .contains("1");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void anAccountWithAKnownPasswordIsKeptAndGetsWhatItLacks(MySqlRelease release) {
        try (RealPair pair = pair(release)) {
            pair.source().execute("CREATE USER 'mine'@'127.0.0.1' IDENTIFIED BY 'x'");
            ReplicationPlan plan = pair.plan().replicationUser("mine", Secret.named("mine"));

            doOnce(pair, plan, new CreateReplicationUser());

            MockContext again = pair.context(plan).at(new CreateReplicationUser());
            assertThat(pair.look(new CreateReplicationUser(), again)).isInstanceOf(Look.Done.class);
            pair.undoAll();
            assertThat(pair.source().queryValue("SELECT Repl_slave_priv FROM mysql.user WHERE User = 'mine'"))
                    .contains("N");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7"})
    void aRestartWithTheNamedOptionsEnablesTheBinaryLog(MySqlRelease release) {
        try (RealPair pair = new RealPair(
                release, source -> source.withoutBinaryLog().serverId(3), replica -> replica.serverId(4))) {
            MockContext compiled =
                    pair.context(pair.plan().allowSourceRestart()).at(new EnableBinlog());
            assertThat(compiled.step().operations().get(0).preview()).contains("log-bin=binlog", "server-id=3");
            assertThat(pair.look(new EnableBinlog(), compiled)).isInstanceOf(Look.Missing.class);

            pair.sourceServer().restart(options -> options.withBinaryLog().serverId(3));
            pair.reconnect();

            assertThat(pair.look(new EnableBinlog(), compiled)).isInstanceOf(Look.Done.class);
        }
    }
}
