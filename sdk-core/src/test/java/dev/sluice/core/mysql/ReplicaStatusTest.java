// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static dev.sluice.core.mysql.ScriptedSession.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.ReplicaStatus.ReceiverState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicaStatusTest {
    private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String OTHER = "9b7462fc-e583-11f1-9171-02fc00000001";

    /** A healthy channel; further labels and values replace those of the same label. */
    private static ReplicaStatus status(String... more) {
        Map<String, String> values = new LinkedHashMap<>(Map.ofEntries(
                Map.entry("Source_Host", "db1"),
                Map.entry("Source_User", "repl"),
                Map.entry("Source_Port", "3306"),
                Map.entry("Source_UUID", UUID),
                Map.entry("Source_SSL_Allowed", "Yes"),
                Map.entry("Replica_IO_State", "Waiting for source to send event"),
                Map.entry("Replica_IO_Running", "Yes"),
                Map.entry("Replica_SQL_Running", "Yes"),
                Map.entry("Replica_SQL_Running_State", "Replica has read all relay log"),
                Map.entry("Source_Log_File", "bin.000003"),
                Map.entry("Read_Source_Log_Pos", "900"),
                Map.entry("Relay_Source_Log_File", "bin.000002"),
                Map.entry("Exec_Source_Log_Pos", "500"),
                Map.entry("Last_IO_Errno", "0"),
                Map.entry("Last_SQL_Errno", "0"),
                Map.entry("Seconds_Behind_Source", "0"),
                Map.entry("Retrieved_Gtid_Set", UUID + ":1-9"),
                Map.entry("Executed_Gtid_Set", UUID + ":1-5,\n" + OTHER + ":1"),
                Map.entry("Auto_Position", "1"),
                Map.entry("Channel_Name", "")));
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return ReplicaStatusReader.of(Row.of(values));
    }

    private static Coordinates coordinates(String uuid, String gtids) {
        return new Coordinates(
                uuid,
                "",
                new BinlogPosition("bin.000002", 400),
                gtids.isEmpty() ? null : MySqlGtidSet.parse(gtids),
                Instant.EPOCH,
                "test");
    }

    @Test
    void theNewLabelsAreRead() {
        ReplicaStatus status = status();

        assertThat(status.source()).isEqualTo(new ReplicaStatus.Source("db1", 3306, "repl", UUID, true, true));
        assertThat(status.receiver().state()).isEqualTo(ReceiverState.RUNNING);
        assertThat(status.receiver().fetched()).contains(new BinlogPosition("bin.000003", 900));
        assertThat(status.applier().isRunning()).isTrue();
        assertThat(status.applier().applied()).contains(new BinlogPosition("bin.000002", 500));
        assertThat(status.retrieved()).isEqualTo(MySqlGtidSet.parse(UUID + ":1-9"));
        assertThat(status.lag()).contains(Duration.ZERO);
        assertThat(status.filter()).isEqualTo(ShownFilter.NONE);
    }

    @Test
    void theOldLabelsAreReadAlike() {
        ScriptedSession session = new ScriptedSession()
                .answer(
                        "SHOW SLAVE STATUS",
                        row(
                                "Master_Host", "db1",
                                "Master_User", "repl",
                                "Master_Port", "3306",
                                "Master_UUID", UUID,
                                "Master_SSL_Allowed", "No",
                                "Slave_IO_State", "Connecting to master",
                                "Slave_IO_Running", "Connecting",
                                "Slave_SQL_Running", "Yes",
                                "Slave_SQL_Running_State", "Waiting",
                                "Master_Log_File", "bin.000001",
                                "Read_Master_Log_Pos", "4",
                                "Relay_Master_Log_File", "bin.000001",
                                "Exec_Master_Log_Pos", "0",
                                "Last_IO_Errno", "2003",
                                "Last_IO_Error", "error connecting to master 'repl@db1:3306'",
                                "Last_SQL_Errno", "0",
                                "Seconds_Behind_Master", null,
                                "Replicate_Wild_Do_Table", "b.%,a.%",
                                "Retrieved_Gtid_Set", "",
                                "Executed_Gtid_Set", "",
                                "Auto_Position", "0",
                                "Channel_Name", "C1"));

        ReplicaStatus status = ReplicaStatusReader.read(session, Dialect.of(ServerVersion.of(5, 7, 22)), "c1")
                .orElseThrow();

        assertThat(status.source()).isEqualTo(new ReplicaStatus.Source("db1", 3306, "repl", UUID, false, false));
        assertThat(status.receiver().state()).isEqualTo(ReceiverState.CONNECTING);
        assertThat(status.receiver().error())
                .contains(new ReplicationError(2003, "error connecting to master 'repl@db1:3306'"));
        assertThat(status.applier().applied()).contains(new BinlogPosition("bin.000001", 4));
        assertThat(status.lag()).isEmpty();
        assertThat(status.filter().rules()).isEqualTo(Map.of(FilterRule.WILD_DO_TABLE, List.of("a.%", "b.%")));
    }

    @Test
    void aServerThatIsNoReplicaHasNoChannel() {
        Dialect dialect = Dialect.of(ServerVersion.of(8, 0, 31));

        assertThat(ReplicaStatusReader.readAll(new ScriptedSession(), dialect)).isEmpty();
        assertThat(ReplicaStatusReader.read(new ScriptedSession(), dialect, "")).isEmpty();
    }

    @Test
    void withAutoPositionGtidsDecideWhatIsApplied() {
        assertThat(status().hasApplied(coordinates(UUID, UUID + ":1-5"))).isTrue();
        assertThat(status().hasApplied(coordinates(UUID, UUID + ":1-6"))).isFalse();
    }

    @Test
    void whatWasOnlyFetchedIsNotApplied() {
        assertThat(status().hasApplied(MySqlGtidSet.parse(UUID + ":6"))).isFalse();
        assertThat(status().hasApplied(new BinlogPosition("bin.000003", 4))).isFalse();
    }

    @Test
    void gtidsThatAFilterDroppedCountOnceAllThatWasFetchedIsDealtWith() {
        MySqlGtidSet dropped = MySqlGtidSet.parse(UUID + ":1-9");
        String[] drained = {"Relay_Source_Log_File", "bin.000003", "Exec_Source_Log_Pos", "900"};
        String[] filtered = {"Replicate_Wild_Do_Table", "a.%"};

        assertThat(status(concat(drained, filtered)).hasApplied(dropped)).isTrue();
        assertThat(status(drained).hasApplied(dropped)).isFalse();
        assertThat(status(filtered).hasApplied(dropped)).isFalse();
        assertThat(status(concat(drained, filtered)).hasApplied(MySqlGtidSet.parse(UUID + ":1-10")))
                .isFalse();
    }

    private static String[] concat(String[] one, String[] other) {
        return Stream.of(one, other).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void withoutAutoPositionTheAppliedPositionDecides() {
        ReplicaStatus status = status("Auto_Position", "0");

        assertThat(status.hasApplied(coordinates(UUID, UUID + ":1-99"))).isTrue();
        assertThat(status.hasApplied(new BinlogPosition("bin.000002", 500))).isTrue();
        assertThat(status.hasApplied(new BinlogPosition("bin.000002", 501))).isFalse();
        assertThat(status.hasApplied(new BinlogPosition("bin.000001", 9999))).isTrue();
    }

    @Test
    void aDeadReceiverWithAStaleZeroHasNotCaughtUp() {
        ReplicaStatus status = status("Replica_IO_Running", "No", "Seconds_Behind_Source", "0");

        assertThat(status.lag()).isEmpty();
        assertThat(status.hasApplied(coordinates(UUID, UUID + ":1-6"))).isFalse();
    }

    @Test
    void nothingIsAppliedBeforeTheFirstPositionIsKnown() {
        ReplicaStatus status = status("Auto_Position", "0", "Relay_Source_Log_File", "");

        assertThat(status.hasApplied(new BinlogPosition("bin.000001", 4))).isFalse();
    }

    @Test
    void coordinatesOfAnotherServerAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> status().hasApplied(coordinates(OTHER, OTHER + ":1")))
                .withMessageContaining(OTHER);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> status().hasApplied(new BinlogPosition("mysql-bin.000001", 4)))
                .withMessageContaining("another name");
    }

    @ParameterizedTest
    @CsvSource({
        "Yes, 0, Yes, 0, RUNNING",
        "Yes, 2003, Yes, 1062, RUNNING",
        "Connecting, 0, Yes, 0, CONNECTING",
        "Connecting, 2003, Yes, 0, RECEIVER_RETRYING",
        "Connecting, 2003, No, 0, APPLIER_STOPPED",
        "No, 13114, Yes, 0, RECEIVER_FAILED",
        "No, 0, Yes, 0, RECEIVER_STOPPED",
        "Yes, 0, No, 1062, APPLIER_FAILED",
        "No, 13114, No, 1062, APPLIER_FAILED",
        "Yes, 0, No, 0, APPLIER_STOPPED",
        "Connecting, 0, No, 0, APPLIER_STOPPED",
        "No, 0, No, 0, STOPPED",
        "No, 13114, No, 0, RECEIVER_FAILED",
    })
    void healthComesFromBothHalves(String io, String ioError, String sql, String sqlError, ReplicaHealth health) {
        ReplicaStatus status = status(
                "Replica_IO_Running", io,
                "Last_IO_Errno", ioError,
                "Last_IO_Error", "io text",
                "Replica_SQL_Running", sql,
                "Last_SQL_Errno", sqlError,
                "Last_SQL_Error", "sql text");

        assertThat(status.health()).isEqualTo(health);
        assertThat(status.health().isFailed()).isEqualTo(health.name().endsWith("_FAILED"));
        assertThat(status.health().isStopped()).isEqualTo(health.name().endsWith("STOPPED"));
        assertThat(status.reason()).startsWith(health.meaning());
    }

    @Test
    void theReasonHoldsTheServersErrors() {
        ReplicaStatus status =
                status("Replica_SQL_Running", "No", "Last_SQL_Errno", "1062", "Last_SQL_Error", "Duplicate entry");

        assertThat(status.reason()).isEqualTo("the applier failed; applier: error 1062, Duplicate entry");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error 'x' on query. Default database: 'a'. Query: 'CREATE USER u IDENTIFIED BY 'hunter2''",
                "Error 'x' on query. Default database: 'a'. Query: 'CREATE USER u\nIDENTIFIED BY 'hunter2",
            })
    void theStatementThatFailedIsCutOutOfAnError(String text) {
        ReplicationError error = ReplicationError.of("1396", text).orElseThrow();

        assertThat(error.text()).isEqualTo("Error 'x' on query. Default database: 'a'. Query: '…'");
    }
}
