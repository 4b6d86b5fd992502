// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.CopyTableTest.COPY;
import static dev.sluice.external.Scenario.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.Step;
import dev.sluice.testing.MockContext;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rows of a copy of one table make of a replica, wherever an earlier process has left it. The copy stands at binlog.000002:500. */
class CopyTableLookTest {
    private static final String FILTER = "shop.%";
    private static final String TABLE = "shop.orders";
    private static final int IN_PLACE = 0;
    private static final int COPIED = 1;
    private static final int ASIDE = 2;

    private final HoldApplier hold = new HoldApplier();
    private final LeaveTableOut leave = new LeaveTableOut();
    private final ReachCopy reach = new ReachCopy();
    private final PutTableIn put = new PutTableIn();

    /** A replica: which of the three tables are there, what its applier does, and what it ignores. */
    private record Replica(List<Integer> tables, boolean runs, String position, String ignored) {
        static Replica with(Integer... tables) {
            return new Replica(List.of(tables), false, "400", "");
        }

        Replica at(String there) {
            return new Replica(tables, runs, there, ignored);
        }

        Replica running() {
            return new Replica(tables, true, position, ignored);
        }

        Replica ignoring(String table) {
            return new Replica(tables, runs, position, table);
        }

        ScriptedSession session() {
            return plain().variable("super_read_only", "OFF")
                    .answer(
                            "SELECT 0 AS number",
                            tables.stream()
                                    .map(table -> ScriptedSession.row("number", Integer.toString(table)))
                                    .toArray(Row[]::new))
                    .answer("SELECT SCHEMA_NAME", ScriptedSession.row("name", COPY.asideDatabase()))
                    .answer(
                            "SHOW REPLICA STATUS",
                            ScriptedSession.row(
                                    "Source_Host",
                                    "10.0.0.1",
                                    "Source_Port",
                                    "3306",
                                    "Source_User",
                                    "sluice_repl",
                                    "Source_UUID",
                                    TestFacts.SOURCE_UUID,
                                    "Replica_IO_Running",
                                    "Yes",
                                    "Replica_SQL_Running",
                                    runs ? "Yes" : "No",
                                    "Relay_Source_Log_File",
                                    "binlog.000002",
                                    "Exec_Source_Log_Pos",
                                    position,
                                    "Replicate_Wild_Do_Table",
                                    FILTER,
                                    "Replicate_Ignore_Table",
                                    ignored));
        }
    }

    /** A server on which the table has neither foreign keys nor triggers. */
    private static ScriptedSession plain() {
        return new ScriptedSession()
                .answer("SELECT TABLE_TYPE", ScriptedSession.row("TABLE_TYPE", "BASE TABLE"))
                .answer("SELECT CONSTRAINT_NAME")
                .answer("SELECT TRIGGER_NAME");
    }

    private static Look look(Step step, ScriptedSession replica, ScriptedSession onSource, boolean isCopied) {
        MockContext context = MockContext.of(
                        COPY,
                        source().facts(),
                        Scenario.replica().follows(TestFacts.SOURCE_UUID).facts())
                .at(step)
                .sourceSession(onSource)
                .replicaSession(replica);
        return step.look(
                isCopied
                        ? context.coordinates(new Coordinates(
                                TestFacts.SOURCE_UUID,
                                "",
                                new BinlogPosition("binlog.000002", 500),
                                null,
                                Instant.EPOCH,
                                "of the copy"))
                        : context);
    }

    private static Look look(Step step, Replica replica) {
        return look(step, replica.session(), plain(), true);
    }

    private static List<String> missing(Look look) {
        assertThat(look).isInstanceOf(Look.Missing.class);
        return ((Look.Missing) look).operationIds();
    }

    @Test
    void untilItIsCopiedOnlyTheOldTableMayBeThere() {
        assertThat(missing(look(hold, Replica.with(IN_PLACE).running().session(), plain(), false)))
                .containsExactly("stop-applier");
        assertThat(look(hold, Replica.with(IN_PLACE).session(), plain(), false)).isInstanceOf(Look.Done.class);
        for (Replica other : List.of(
                Replica.with(),
                Replica.with(IN_PLACE, COPIED),
                Replica.with(IN_PLACE, ASIDE),
                Replica.with(COPIED, ASIDE),
                Replica.with(ASIDE))) {
            assertThatThrownBy(() -> look(hold, other.session(), plain(), false))
                    .hasMessageContaining("EXT-267")
                    .hasMessageContaining(COPY.asideDatabase());
        }
    }

    @Test
    void aTableThatCannotBeLeftOutIsRefusedBeforeAnythingIsDone() {
        ScriptedSession good = Replica.with(IN_PLACE).session();

        assertThatThrownBy(() -> look(
                        hold,
                        good,
                        plain().answer("SELECT CONSTRAINT_NAME", ScriptedSession.row("name", "fk_customer")),
                        false))
                .hasMessageContaining("EXT-260")
                .hasMessageContaining("On the source, shop.orders has the foreign keys fk_customer");
        assertThatThrownBy(() -> look(
                        hold,
                        Replica.with(IN_PLACE)
                                .session()
                                .answer("SELECT TRIGGER_NAME", ScriptedSession.row("name", "tr")),
                        plain(),
                        false))
                .hasMessageContaining("EXT-261")
                .hasMessageContaining("On the replica, shop.orders has the triggers tr");
        assertThatThrownBy(() -> look(hold, good, plain().answer("SELECT TABLE_TYPE"), false))
                .hasMessageContaining("EXT-268");
        assertThatThrownBy(() ->
                        look(hold, Replica.with(IN_PLACE).ignoring("shop.other").session(), plain(), false))
                .hasMessageContaining("EXT-265");
        assertThatThrownBy(() -> look(
                        hold, Replica.with(IN_PLACE).session().variable("replica_skip_errors", "1146"), plain(), false))
                .hasMessageContaining("EXT-269");
    }

    @Test
    void aReplicaThatWasMadeReadOnlySinceIsNotWrittenTo() {
        ScriptedSession readOnly = Replica.with(COPIED, ASIDE).session().variable("super_read_only", "ON");

        assertThatThrownBy(() -> look(hold, readOnly, plain(), true)).hasMessageContaining("EXT-101");
    }

    @Test
    void theOldTableIsSetAsideBehindAnApplierThatStands() {
        assertThat(missing(look(leave, Replica.with(IN_PLACE, COPIED)))).containsExactly("set-aside", "leave-out");
        assertThat(missing(look(leave, Replica.with(IN_PLACE, COPIED).running())))
                .containsExactlyInAnyOrder("stop-applier", "set-aside", "leave-out");
        assertThat(missing(look(leave, Replica.with(COPIED, ASIDE)))).containsExactly("leave-out");
        assertThat(missing(look(leave, Replica.with(COPIED, ASIDE).running())))
                .containsExactly("stop-applier", "leave-out");
        assertThat(look(leave, Replica.with(COPIED, ASIDE).ignoring(TABLE))).isInstanceOf(Look.Done.class);
        assertThat(look(leave, Replica.with(IN_PLACE, ASIDE).at("900").running()))
                .isInstanceOf(Look.Done.class);
    }

    @Test
    void aCopyThatHasGotForeignKeysMeanwhileIsNotMoved() {
        ScriptedSession replica = Replica.with(IN_PLACE, COPIED)
                .session()
                .answer("SELECT CONSTRAINT_NAME", ScriptedSession.row("name", "fk_new"));

        assertThatThrownBy(() -> look(leave, replica, plain(), true)).hasMessageContaining("EXT-260");
    }

    /** Whatever has brought it there: changes of the table may have been left out. */
    @ParameterizedTest
    @CsvSource({"leave, true", "leave, false", "reach, false", "put, false"})
    void anApplierThatHasGonePastTheCopyIsTheEndOfIt(String row, boolean isInPlace) {
        Step step = switch (row) {
            case "leave" -> leave;
            case "reach" -> reach;
            default -> put;
        };
        Replica passed = (isInPlace ? Replica.with(IN_PLACE, COPIED) : Replica.with(COPIED, ASIDE)).at("501");

        assertThatThrownBy(() -> look(step, passed))
                .hasMessageContaining("EXT-266")
                .hasMessageContaining("binlog.000002:501");
        assertThatThrownBy(() -> look(step, passed.ignoring(TABLE))).hasMessageContaining("EXT-266");
    }

    @Test
    void theApplierRunsToTheCopyAndOnlyWithTheTableLeftOut() {
        Replica onTheWay = Replica.with(COPIED, ASIDE).ignoring(TABLE);

        assertThat(missing(look(reach, onTheWay))).containsExactly("run-until");
        assertThat(look(reach, onTheWay.at("500"))).isInstanceOf(Look.Done.class);
        assertThat(look(reach, onTheWay.at("500").running())).isInstanceOf(Look.Done.class);
        assertThatThrownBy(() -> look(reach, onTheWay.ignoring("").running())).hasMessageContaining("EXT-265");
    }

    @Test
    void theFilterComesBackBeforeTheCopyTakesItsPlace() {
        Replica there = Replica.with(COPIED, ASIDE).at("500").ignoring(TABLE);

        assertThat(missing(look(put, there))).containsExactly("bring-filter-back", "put-in", "start");
        assertThat(missing(look(put, there.running())))
                .containsExactly("stop-applier", "bring-filter-back", "put-in", "start");
        assertThat(missing(look(put, there.ignoring("")))).containsExactly("put-in", "start");
        assertThatThrownBy(() -> look(put, there.at("499"))).hasMessageContaining("EXT-101");
    }

    @Test
    void onceTheCopyIsInItsPlaceReplicationGoesOnWithItsOwnFilterOnly() {
        Replica replaced = Replica.with(IN_PLACE, ASIDE).at("500");

        assertThat(missing(look(put, replaced))).containsExactly("start");
        assertThat(look(put, replaced.running())).isInstanceOf(Look.Done.class);
        assertThatThrownBy(() -> look(put, replaced.ignoring(TABLE))).hasMessageContaining("EXT-265");
    }

    /** Whatever somebody else did to the three tables, the run does not guess. */
    @Test
    void tablesThatAreNotWhereAnyStatementLeavesThemEndTheRun() {
        for (Step step : List.of(leave, reach, put)) {
            for (Replica other : List.of(
                    Replica.with(),
                    Replica.with(IN_PLACE),
                    Replica.with(COPIED),
                    Replica.with(ASIDE),
                    Replica.with(IN_PLACE, COPIED, ASIDE))) {
                assertThatThrownBy(() -> look(step, other)).hasMessageContaining("EXT-267");
            }
        }
        assertThatThrownBy(() -> look(reach, Replica.with(IN_PLACE, COPIED))).hasMessageContaining("EXT-267");
        assertThatThrownBy(() -> look(put, Replica.with(IN_PLACE, COPIED))).hasMessageContaining("EXT-267");
    }
}
