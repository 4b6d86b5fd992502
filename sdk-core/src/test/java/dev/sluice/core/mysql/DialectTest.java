// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.facts.ServerVersion;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {
    private static final BinlogPosition POSITION = new BinlogPosition("bin.000007", 154);
    private static final MySqlGtidSet GTIDS = MySqlGtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5");

    private static Dialect dialect(String version) {
        return Dialect.of(ServerVersion.parse(version));
    }

    @ParameterizedTest
    @CsvSource({
        "5.7.22, SHOW SLAVE STATUS, SHOW SLAVE HOSTS, START SLAVE FOR CHANNEL ''",
        "8.0.21, SHOW SLAVE STATUS, SHOW SLAVE HOSTS, START SLAVE FOR CHANNEL ''",
        "8.0.22, SHOW REPLICA STATUS, SHOW REPLICAS, START REPLICA FOR CHANNEL ''",
        "9.7.4, SHOW REPLICA STATUS, SHOW REPLICAS, START REPLICA FOR CHANNEL ''",
    })
    void slavesAreReplicasFrom8022(String version, String status, String replicas, String start) {
        Dialect dialect = dialect(version);

        assertThat(dialect.showReplicaStatus()).isEqualTo(status);
        assertThat(dialect.showReplicas()).isEqualTo(replicas);
        assertThat(dialect.startReplica("")).isEqualTo(start);
        assertThat(dialect.stopReplica("")).isEqualTo(start.replace("START", "STOP"));
        assertThat(dialect.resetReplica(""))
                .isEqualTo(start.replace("START", "RESET").replace(" FOR", " ALL FOR"));
        assertThat(dialect.start(ReplicationThread.APPLIER, "")).isEqualTo(start.replace(" FOR", " SQL_THREAD FOR"));
        assertThat(dialect.stop(ReplicationThread.RECEIVER, ""))
                .isEqualTo(start.replace("START", "STOP").replace(" FOR", " IO_THREAD FOR"));
    }

    @ParameterizedTest
    @CsvSource({
        "5.7.22, SHOW MASTER STATUS, RESET MASTER",
        "8.1.0, SHOW MASTER STATUS, RESET MASTER",
        "8.2.0, SHOW BINARY LOG STATUS, RESET BINARY LOGS AND GTIDS",
        "8.4.0, SHOW BINARY LOG STATUS, RESET BINARY LOGS AND GTIDS",
    })
    void theMastersLogIsTheBinaryLogFrom82(String version, String status, String reset) {
        assertThat(dialect(version).showBinlogStatus()).isEqualTo(status);
        assertThat(dialect(version).resetBinlogsAndGtids()).isEqualTo(reset);
    }

    @ParameterizedTest
    @CsvSource({
        "5.7.22, CHANGE MASTER TO, MASTER_HOST, GET_MASTER_PUBLIC_KEY",
        "8.0.22, CHANGE MASTER TO, MASTER_HOST, GET_MASTER_PUBLIC_KEY",
        "8.0.23, CHANGE REPLICATION SOURCE TO, SOURCE_HOST, GET_SOURCE_PUBLIC_KEY",
    })
    void mastersAreSourcesInOptionsFrom8023(String version, String verb, String host, String key) {
        assertThat(dialect(version).changeSourceVerb().strip()).isEqualTo(verb);
        assertThat(dialect(version).option("SOURCE_HOST")).isEqualTo(host);
        assertThat(dialect(version).option("GET_SOURCE_PUBLIC_KEY")).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "8.0.21, START SLAVE SQL_THREAD UNTIL MASTER_LOG_FILE, MASTER_LOG_POS",
        "8.0.22, START REPLICA SQL_THREAD UNTIL MASTER_LOG_FILE, MASTER_LOG_POS",
        "8.0.23, START REPLICA SQL_THREAD UNTIL SOURCE_LOG_FILE, SOURCE_LOG_POS",
    })
    void theApplierStopsAtAPosition(String version, String file, String position) {
        assertThat(dialect(version).startApplierUntil(POSITION, "c'1"))
                .isEqualTo(file + " = 'bin.000007', " + position + " = 154 FOR CHANNEL 'c''1'");
    }

    @ParameterizedTest
    @CsvSource({"8.0.21, SLAVE", "8.0.22, REPLICA"})
    void theApplierStopsAfterGtids(String version, String word) {
        assertThat(dialect(version).startApplierUntilAfter(GTIDS, ""))
                .isEqualTo("START " + word + " SQL_THREAD UNTIL SQL_AFTER_GTIDS = '" + GTIDS + "' FOR CHANNEL ''");
    }

    @ParameterizedTest
    @CsvSource({
        "5.7.22, MASTER_POS_WAIT, slave_parallel_workers, log_slave_updates",
        "8.0.25, MASTER_POS_WAIT, slave_parallel_workers, log_slave_updates",
        "8.0.26, SOURCE_POS_WAIT, replica_parallel_workers, log_replica_updates",
    })
    void functionsAndVariablesAreRenamedFrom8026(String version, String wait, String workers, String updates) {
        Dialect dialect = dialect(version);

        assertThat(dialect.waitForPosition(POSITION, Duration.ofMillis(1500), ""))
                .isEqualTo("SELECT " + wait + "('bin.000007', 154, 2, '')");
        assertThat(dialect.variable("replica_parallel_workers")).isEqualTo(workers);
        assertThat(dialect.variable("log_replica_updates")).isEqualTo(updates);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "1000, 1", "1001, 2"})
    void waitsAreRoundedUpToWholeSecondsAndNeverForEver(long millis, int seconds) {
        assertThat(dialect("8.0.31").waitForGtids(GTIDS, Duration.ofMillis(millis)))
                .isEqualTo("SELECT WAIT_FOR_EXECUTED_GTID_SET('" + GTIDS + "', " + seconds + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "5.7.44, false, SET GLOBAL x = 1, IN_DAYS, false, false, false",
        "8.0.11, true, SET PERSIST x = 1, IN_SECONDS, true, true, true",
    })
    void whatCameWith80(
            String version,
            boolean persists,
            String set,
            BinlogRetention retention,
            boolean filtersByChannel,
            boolean addsToGtidPurged,
            boolean asksForKey) {
        Dialect dialect = dialect(version);

        assertThat(dialect.persists()).isEqualTo(persists);
        assertThat(dialect.setGlobal("x", "1")).isEqualTo(set);
        assertThat(dialect.binlogRetention()).isEqualTo(retention);
        assertThat(dialect.filtersByChannel()).isEqualTo(filtersByChannel);
        assertThat(dialect.addsToGtidPurged()).isEqualTo(addsToGtidPurged);
        assertThat(dialect.asksForPublicKey()).isEqualTo(asksForKey);
        assertThat(dialect.hasRoles()).isEqualTo(persists);
        assertThat(dialect.replicationAdminPrivileges()).contains("SUPER").hasSize(persists ? 2 : 1);
        assertThat(dialect.variableAdminPrivileges()).contains("SUPER").hasSize(persists ? 2 : 1);
    }

    @ParameterizedTest
    @CsvSource({
        "8.0.23, false, skip_slave_start",
        "8.0.24, true, skip_slave_start",
        "8.0.25, true, skip_slave_start",
        "8.0.26, true, skip_replica_start",
    })
    void replicationStaysStoppedAfterARestartByAVariableFrom8024(String version, boolean can, String variable) {
        assertThat(dialect(version).canStayStoppedAfterRestart()).isEqualTo(can);
        assertThat(dialect(version).stayStoppedVariable()).isEqualTo(variable);
    }
}
