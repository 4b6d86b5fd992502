// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static dev.sluice.core.preflight.Answers.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Row;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationChecksTest {
    private final Live live = new Live();
    private final Situation shop = Situation.healthy().plan(plan -> plan.databases("shop"));

    private void serverIds(String source, String replica) {
        live.source.to("server_id", row("id", source));
        live.replica.to("server_id", row("id", replica));
    }

    @Test
    void equalServerIdsAreRefused() {
        serverIds("1", "1");

        assertThat(live.ask(new ServerIdsEqual(List.of()), shop))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("server_id 1"));
    }

    @Test
    void equalServerIdsThatThePlanChangesAreFine() {
        serverIds("1", "1");

        assertThat(live.ask(new ServerIdsEqual(Compiled.changingServerId(shop).steps()), shop))
                .isEmpty();
    }

    @Test
    void differentServerIdsAreFine() {
        serverIds("1", "2");

        assertThat(live.ask(new ServerIdsEqual(List.of()), shop)).isEmpty();
    }

    private void storedFilter(String patterns) {
        live.replica.to(
                "replication_applier_global_filters",
                row("filter_name", "REPLICATE_WILD_DO_TABLE", "filter_rule", patterns));
    }

    @Test
    void anotherFilterInTheOptionFileIsRefused() {
        storedFilter("stock.%");

        assertThat(live.ask(new StoredFilter(), shop)).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains("stock.%");
            assertThat(problem.remedy()).contains("replicate-wild-do-table=\"shop.%\"");
        });
    }

    @Test
    void thePlansFilterInTheOptionFileIsFine() {
        storedFilter("shop.%");

        assertThat(live.ask(new StoredFilter(), shop)).isEmpty();
    }

    @Test
    void noFilterInTheOptionFileIsFine() {
        assertThat(live.ask(new StoredFilter(), shop)).isEmpty();
    }

    @Test
    void oldReplicasDoNotTellWhatTheirOptionFileHolds() {
        storedFilter("stock.%");
        Situation old = Situation.replica(Server.replica().version(5, 7, 22)).plan(plan -> plan.databases("shop"));

        assertThat(live.ask(new StoredFilter(), old)).isEmpty();
        assertThat(live.replica.asked).isEmpty();
    }

    private void liveFilter(String patterns) {
        live.replica.to(
                "SHOW REPLICA STATUS",
                row(
                        "Source_Host",
                        "10.0.0.1",
                        "Source_Port",
                        "3306",
                        "Channel_Name",
                        "",
                        "Replicate_Wild_Do_Table",
                        patterns));
    }

    @Test
    void aReplicationThatRunsIsNotBentToAnotherScope() {
        liveFilter("shop.%,stock.%");

        assertThat(live.ask(new LiveScope(), shop.alreadyRunning()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("stock.%"));
        assertThat(live.ask(new FilterLost(), shop.alreadyRunning())).isEmpty();
    }

    @Test
    void aReplicationThatRunsWithThePlansScopeIsFine() {
        liveFilter("shop.%");

        assertThat(live.ask(new LiveScope(), shop.alreadyRunning())).isEmpty();
        assertThat(live.ask(new FilterLost(), shop.alreadyRunning())).isEmpty();
    }

    @Test
    void aReplicationThatLostItsFilterIsAWarning() {
        liveFilter("");

        assertThat(live.ask(new FilterLost(), shop.alreadyRunning())).hasSize(1);
        assertThat(live.ask(new LiveScope(), shop.alreadyRunning())).isEmpty();
    }

    private static Situation starting(String file, long position, UnaryOperator<ReplicationPlan> change) {
        Coordinates start = new Coordinates(
                Server.SOURCE_UUID,
                "",
                new BinlogPosition(file, position),
                MySqlGtidSet.parse(Server.SOURCE_UUID + ":1-50"),
                Instant.EPOCH,
                "given");
        return Situation.of(Server.source().gtidMode("ON"), Server.replica().gtidMode("ON"))
                .plan(plan -> change.apply(plan.startingFrom(start)));
    }

    private void binaryLogs() {
        live.source.to(
                "SHOW BINARY LOGS",
                row("Log_name", "binlog.000002", "File_size", "900"),
                row("Log_name", "binlog.000003", "File_size", "500"));
    }

    @ParameterizedTest
    @CsvSource({"binlog.000001, 4, has no binary log binlog.000001", "binlog.000003, 501, ends at 500"})
    void aStartThatTheSourceNoLongerHasIsRefused(String file, long position, String message) {
        binaryLogs();

        assertThat(live.ask(new StartGone(), starting(file, position, ReplicationPlan::withBinlogPosition)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains(message));
    }

    @ParameterizedTest
    @CsvSource({"binlog.000002, 4", "binlog.000003, 500"})
    void aStartThatTheSourceHasIsFine(String file, long position) {
        binaryLogs();

        assertThat(live.ask(new StartGone(), starting(file, position, ReplicationPlan::withBinlogPosition)))
                .isEmpty();
    }

    @Test
    void aStartBeforePurgedTransactionsIsRefused() {
        live.source.to("gtid_purged", row("purged", Server.SOURCE_UUID + ":1-52"));

        assertThat(live.ask(new StartGone(), starting("binlog.000001", 4, ReplicationPlan::withGtid)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).endsWith(Server.SOURCE_UUID + ":51-52"));
    }

    @Test
    void aStartAfterPurgedTransactionsIsFine() {
        live.source.to("gtid_purged", row("purged", Server.SOURCE_UUID + ":1-50"));

        assertThat(live.ask(new StartGone(), starting("binlog.000001", 4, ReplicationPlan::withGtid)))
                .isEmpty();
    }

    @Test
    void databasesThatNobodyLoadedAreAWarning() {
        live.source.to("SHOW DATABASES", row("Database", "shop"), row("Database", "stock"), row("Database", "mysql"));
        live.replica.to("SHOW DATABASES", row("Database", "shop"));

        assertThat(live.ask(new StartDataMissing(), starting("binlog.000003", 4, ReplicationPlan::withGtid)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).endsWith("databases stock"));
    }

    @Test
    void databasesThatAreLoadedAreFine() {
        live.source.to("SHOW DATABASES", row("Database", "shop"), row("Database", "mysql"));
        live.replica.to("SHOW DATABASES", row("Database", "shop"));

        assertThat(live.ask(new StartDataMissing(), starting("binlog.000003", 4, ReplicationPlan::withGtid)))
                .isEmpty();
    }

    @Test
    void preparedXaTransactionsAreAWarning() {
        live.source.to("XA RECOVER", row("data", "a"), row("data", "b"));

        assertThat(live.ask(new PreparedXa(), shop))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).startsWith("2 XA transactions"));
    }

    @Test
    void noPreparedXaTransactionIsFine() {
        assertThat(live.ask(new PreparedXa(), shop)).isEmpty();
        live.source.to("XA RECOVER", row("data", "a"));
        assertThat(live.ask(new PreparedXa(), shop.alreadyRunning())).isEmpty();
    }

    private static Row session(String user, String command, String seconds, String state) {
        return row(
                "Id",
                "7",
                "User",
                user,
                "Command",
                command,
                "Time",
                seconds,
                "State",
                state,
                "Info",
                "SELECT 'secret'");
    }

    @Test
    void statementsThatRunForLongAreAWarningWithoutTheirText() {
        live.source.to("SHOW PROCESSLIST", session("report", "Query", "40", "Sending data"));

        assertThat(live.ask(new LongStatements(), shop))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what())
                        .contains("Session 7 of report", "40 s")
                        .doesNotContain("secret"));
    }

    @Test
    void sessionsThatWaitAreFine() {
        live.source.to(
                "SHOW PROCESSLIST",
                session("app", "Query", "4", "Sending data"),
                session("app", "Sleep", "900", ""),
                session("system user", "Query", "900", "Replica has read all relay log"),
                session("app", "Query", "900", "User lock"),
                session("repl", "Binlog Dump", "900", "Source has sent all binlog"));

        assertThat(live.ask(new LongStatements(), shop)).isEmpty();
    }

    @Test
    void transactionsThatAreOpenForLongAreAWarning() {
        live.source.to("INNODB_TRX", row("id", "9", "seconds", "77"));

        assertThat(live.ask(new LongTransactions(), shop))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("Session 9", "77 s"));
        assertThat(live.source.asked).last().asString().contains("seconds >= 5 ");
    }

    @Test
    void noTransactionThatIsOpenForLongIsFine() {
        assertThat(live.ask(new LongTransactions(), shop)).isEmpty();
    }

    /** Servers answer with the next event, or with none; at the end of a log there is none. */
    @ParameterizedTest
    @CsvSource({"500,500,900,0", "500,600,900,1", "500,,900,1", "900,,900,0"})
    void anAccountIsTriedAtTheStartThatThePlanNames(long start, @Nullable String first, String size, int problems) {
        Situation named = Situation.source(Server.source().account("'repl'@'10.0.%'"))
                .plan(plan -> plan.replicationUser("repl", Secret.env("REPL"))
                        .withBinlogPosition()
                        .startingFrom(new Coordinates(
                                Server.SOURCE_UUID,
                                "",
                                new BinlogPosition("binlog.000002", start),
                                null,
                                Instant.EPOCH,
                                "given")));
        live.source.to("SHOW BINARY LOGS", row("Log_name", "binlog.000002", "File_size", size));
        if (first != null) {
            live.account.to("SHOW BINLOG EVENTS", row("Pos", first));
        }

        assertThat(live.ask(new AccountProof(live.servers()), named)).hasSize(problems);
    }
}
