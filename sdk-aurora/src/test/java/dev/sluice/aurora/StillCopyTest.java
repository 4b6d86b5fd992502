// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a copy may have done since it was made. */
class StillCopyTest {
    private static final BinlogPosition MADE_AT = new BinlogPosition("mysql-bin-changelog.000003", 4278);

    private final List<String> events = new ArrayList<>();
    private final Map<String, Integer> files = new LinkedHashMap<>();
    private final Map<String, List<Row>> written = new LinkedHashMap<>();
    private String scheduler = "ON";

    private List<Row> answer(String sql) {
        if (sql.contains("event_scheduler")) {
            return List.of(Row.of(Map.of("value", scheduler)));
        }
        if (sql.contains("information_schema.EVENTS")) {
            return events.stream().map(one -> Row.of(Map.of("event", one))).toList();
        }
        if (sql.equals("SHOW BINARY LOGS")) {
            return files.entrySet().stream()
                    .map(file -> Row.of(Map.of(
                            "Log_name",
                            file.getKey(),
                            "File_size",
                            file.getValue().toString())))
                    .toList();
        }
        return written.entrySet().stream()
                .filter(one -> sql.startsWith("SHOW BINLOG EVENTS IN '" + one.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody should ask: " + sql));
    }

    private static Row event(String type, String info) {
        return Row.of(Map.of("Pos", "4", "Event_type", type, "Info", info));
    }

    private void wrote(String file, Row... rows) {
        files.put(file, 9_999);
        written.put(file, List.of(rows));
    }

    private void assertRefused(String code, Consumer<StillCopy> look, String... words) {
        assertThatThrownBy(() -> look.accept(new StillCopy(this::answer)))
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining(code)
                .satisfies(refused ->
                        List.of(words).forEach(word -> assertThat(refused).hasMessageContaining(word)));
    }

    private void assertStill() {
        assertThatNoException().isThrownBy(() -> new StillCopy(this::answer).requireUnchangedSince(MADE_AT));
    }

    @Test
    void eventsThatCanRunAreNamed() {
        assertThatNoException().isThrownBy(() -> new StillCopy(this::answer).requireNoEvents("The copy"));

        events.add("shop.nightly");

        assertRefused("AUR-301", copy -> copy.requireNoEvents("The copy"), "The copy", "shop.nightly");
        scheduler = "OFF";
        assertThatNoException().isThrownBy(() -> new StillCopy(this::answer).requireNoEvents("The copy"));
    }

    @Test
    void whatWasThereBeforeAndWhatAwsWritesIsNoChange() {
        files.put("mysql-bin-changelog.000002", 5_000);
        files.put("mysql-bin-changelog.000003", 4_278);
        wrote(
                "mysql-bin-changelog.000004",
                event("Format_desc", "Server ver: 8.0.36"),
                event("Previous_gtids", ""),
                event("Anonymous_Gtid", "SET @@SESSION.GTID_NEXT= 'ANONYMOUS'"),
                event("Query", "BEGIN"),
                event("Table_map", "table_id: 91 (mysql.rds_heartbeat2)"),
                event("Update_rows", "table_id: 91 flags: STMT_END_F"),
                event("Xid", "COMMIT /* xid=7 */"),
                event("Query", "use `mysql`; INSERT INTO mysql.rds_sysinfo VALUES (1)"),
                event("Query", "FLUSH PRIVILEGES"));

        assertStill();
    }

    @Test
    void rowsOfATableAreNamed() {
        files.put("mysql-bin-changelog.000003", 4_278);
        wrote(
                "mysql-bin-changelog.000004",
                event("Query", "BEGIN"),
                event("Table_map", "table_id: 92 (shop.item)"),
                event("Delete_rows", "table_id: 92"));

        assertRefused("AUR-304", copy -> copy.requireUnchangedSince(MADE_AT), "shop.item");
    }

    @Test
    void namesThatLookLikeTheSystemsAreNotBelieved() {
        files.put("mysql-bin-changelog.000003", 4_278);
        wrote("mysql-bin-changelog.000004", event("Table_map", "table_id: 92 (mysql.x.item)"));
        assertRefused("AUR-304", copy -> copy.requireUnchangedSince(MADE_AT), "mysql.x.item");
        wrote("mysql-bin-changelog.000004", event("Query", "use `mysql2`; DELETE FROM item"));
        assertRefused("AUR-304", copy -> copy.requireUnchangedSince(MADE_AT));
        wrote("mysql-bin-changelog.000004", event("Transaction_payload", "compression='ZSTD'"));
        assertRefused("AUR-304", copy -> copy.requireUnchangedSince(MADE_AT));
    }

    @Test
    void theRestOfTheFileCountsAndAStatementIsNotTold() {
        wrote("mysql-bin-changelog.000003", event("Query", "use `shop`; UPDATE item SET secret = 'hunter2'"));

        assertThatThrownBy(() -> new StillCopy(this::answer).requireUnchangedSince(MADE_AT))
                .hasMessageContaining("AUR-304")
                .hasMessageNotContaining("hunter2");
    }

    /** Of another copy, which was made later. */
    @Test
    void aPositionThatTheLogDoesNotReachIsNotItsOwn() {
        assertRefused("AUR-332", copy -> copy.requireReached(MADE_AT));
        files.put("mysql-bin-changelog.000003", (int) MADE_AT.position() - 1);
        assertRefused("AUR-332", copy -> copy.requireReached(MADE_AT));
        files.put("mysql-bin-changelog.000003", (int) MADE_AT.position());
        assertThatNoException().isThrownBy(() -> new StillCopy(this::answer).requireReached(MADE_AT));
    }

    /** The enhanced binary log begins anew on a copy. */
    @Test
    void aLogThatBeginsAnewIsReadWhole() {
        wrote("mysql-bin-changelog.000001", event("Table_map", "table_id: 92 (shop.item)"));

        assertRefused("AUR-304", copy -> copy.requireUnchangedSince(MADE_AT), "shop.item");
    }
}
