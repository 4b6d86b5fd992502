// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.diagnosis.StuckTransaction;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of several transactions in the relay log the one that failed is told, or none, where nobody may read the workers' errors. */
class StuckReaderTest {
    private static final String UUID = "11111111-1111-1111-1111-111111111111";

    /** The first is not applied yet, or was being applied by another worker. */
    private static final List<Row> RELAYED = List.of(
            event("Gtid", "SET @@SESSION.GTID_NEXT= '" + UUID + ":7'", "100"),
            event("Query", "BEGIN", "150"),
            event("Table_map", "table_id: 108 (shop.a)", "200"),
            event("Write_rows", "table_id: 108 flags: STMT_END_F", "300"),
            event("Xid", "COMMIT /* xid=9 */", "331"),
            event("Gtid", "SET @@SESSION.GTID_NEXT= '" + UUID + ":8'", "400"),
            event("Query", "BEGIN", "450"),
            event("Table_map", "table_id: 109 (shop.b)", "500"),
            event("Write_rows", "table_id: 109 flags: STMT_END_F", "600"),
            event("Xid", "COMMIT /* xid=10 */", "631"));

    private String error = "";
    private String workers = "4";

    private static Row event(String type, String info, String end) {
        return Row.of(Map.of("Event_type", type, "Info", info, "End_log_pos", end));
    }

    private Optional<StuckTransaction> read() {
        return new StuckReader(this::answer, Dialect.of(ServerVersion.of(8, 0, 31))).read(Optional.empty());
    }

    private List<Row> answer(String sql) {
        if (sql.contains("parallel_workers")) {
            return List.of(Row.of(Map.of("n", workers)));
        }
        return sql.startsWith("SHOW RELAYLOG")
                ? RELAYED
                : List.of(Row.of(Map.of(
                        "Relay_Log_File",
                        "relay.000002",
                        "Relay_Log_Pos",
                        "373",
                        "Relay_Source_Log_File",
                        "binlog.000002",
                        "Exec_Source_Log_Pos",
                        "57",
                        "Last_SQL_Errno",
                        "1062",
                        "Last_SQL_Error",
                        error,
                        "Last_SQL_Error_Timestamp",
                        "261122 10:00:00")));
    }

    @Test
    void theOneThatTheCoordinatorNamesIsTaken() {
        error =
                "Coordinator stopped because there were error(s) in the worker(s). The most recent failure being: Worker 2 failed"
                        + " executing transaction '" + UUID
                        + ":8' at source log binlog.000002, end_log_pos 631. See error log";
        StuckTransaction stuck = read().orElseThrow();

        assertThat(stuck.gtid()).isEqualTo(UUID + ":8");
        assertThat(stuck.content()).containsExactly("Write_rows shop.b");
        assertThat(stuck.standsThere())
                .anyMatch(condition -> condition.look().columns().contains("Last_SQL_Error_Timestamp"))
                .noneMatch(condition -> condition.look().query().contains("performance_schema"));
    }

    /** Skipped would be the first, whose changes were lost, and the error would stay. */
    @Test
    void theFirstIsNotTakenForOneThatEndsElsewhere() {
        error =
                "Coordinator stopped. Worker 2 failed executing transaction 'ANONYMOUS' at source log binlog.000002, end_log_pos 631.";
        assertThat(read()).isEmpty();
        error = error.replace("631", "331");
        assertThat(read().orElseThrow().gtid()).isEqualTo(UUID + ":7");
    }

    @Test
    void whereTheErrorNamesNeitherSeveralWorkersLeaveItOpen() {
        error = "Error 'Duplicate entry' on query. Default database: 'shop'.";

        assertThat(read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1"})
    void oneWorkerStandsAtTheFirst(String count) {
        error = "Error 'Duplicate entry' on query. Default database: 'shop'.";
        workers = count;

        assertThat(read().orElseThrow().content()).containsExactly("Write_rows shop.a");
    }
}
