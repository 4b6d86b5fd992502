// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.TableComparison.Result;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Differences for which changes on their way make up: what differs is never told to be equal. */
@Tag("long")
@Timeout(180)
class NothingHiddenIT {
    private static final Duration SHORT = Duration.ofSeconds(6);

    /** A replica that lacks one of several equal rows shows, a moment later, as many as the source has shown. */
    @Test
    void oneMoreOfEqualRowsHidesNoneThatIsMissing() throws Exception {
        hidesNothing(
                List.of(
                        "CREATE TABLE hidden.t (a INT, b VARCHAR(10))",
                        "INSERT INTO hidden.t VALUES (1, 'x'), (1, 'x'), (1, 'x')"),
                "DELETE FROM hidden.t LIMIT 1",
                "INSERT INTO hidden.t VALUES (1, 'x')");
    }

    /** The same of a number that statements count up. */
    @Test
    void statementThatCountsHidesNoWrongNumber() throws Exception {
        hidesNothing(
                List.of(
                        "SET GLOBAL binlog_format = 'STATEMENT'",
                        "CREATE TABLE hidden.t (id INT PRIMARY KEY, n BIGINT)",
                        "INSERT INTO hidden.t VALUES (1, 0), (2, 0)"),
                "UPDATE hidden.t SET n = n - 1 WHERE id = 1",
                "UPDATE hidden.t SET n = n + 1 WHERE id = 1");
    }

    private static void hidesNothing(List<String> begin, String planted, String again) throws Exception {
        try (LivePair live = LivePair.byPosition(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            live.pair().source().execute("CREATE DATABASE hidden");
            live.pair().source().execute(begin.toArray(String[]::new));
            live.awaitCaughtUp();
            live.pair().replica().execute("SET SESSION sql_log_bin = 0", planted);
            try (Repeater writer = new Repeater(live.pair().source(), again)) {
                for (int pass = 0; pass < 3; pass++) {
                    VerificationReport report = live.pair()
                            .compare(Pair.request(Consistency.LIVE, "hidden").within(SHORT));

                    assertThat(Pair.table(report, "t").result()).isNotEqualTo(Result.EQUAL);
                }
            }

            VerificationReport still = live.pair().compare(Pair.request(Consistency.LIVE, "hidden"));

            assertThat(Pair.table(still, "t").result()).isEqualTo(Result.DIFFERENT);
        }
    }

    /** Thousands of rows whose text differs and whose meaning does not. */
    @Test
    void documentsInTwoSpellingsAreEqualHoweverMany() {
        Pair pair = Pair.of(MySqlRelease.MYSQL_5_7, MySqlRelease.MYSQL_8_0_31);
        List<String> statements = new ArrayList<>(List.of(
                "DROP DATABASE IF EXISTS hidden",
                "CREATE DATABASE hidden",
                "CREATE TABLE hidden.d (id INT PRIMARY KEY, j JSON)",
                "CREATE TABLE hidden.ten (i INT PRIMARY KEY)",
                "INSERT INTO hidden.ten VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)",
                "INSERT INTO hidden.d SELECT a.i + 10 * b.i + 100 * c.i + 1000 * d.i, '{\"price\": 10.0}'"
                        + " FROM hidden.ten a, hidden.ten b, hidden.ten c, hidden.ten d"));
        pair.execute(statements);

        VerificationReport equal = pair.compare("hidden");
        pair.replica().execute("UPDATE hidden.d SET j = '{\"price\": 10.1}' WHERE id = 7777");
        VerificationReport different = pair.compare("hidden");

        assertThat(Pair.table(equal, "d").result()).isEqualTo(Result.EQUAL);
        assertThat(Pair.table(different, "d").differences()).containsExactly("the row with id = 7777 differs in j");
    }

    /** What no snapshot holds was read later than the rest. */
    @Test
    void tableOfAnotherEngineIsUndecidedAtOnePosition() {
        try (LivePair live = LivePair.byGtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            live.pair()
                    .source()
                    .execute(
                            "CREATE DATABASE hidden",
                            "CREATE TABLE hidden.t (id INT PRIMARY KEY)",
                            "CREATE TABLE hidden.m (id INT PRIMARY KEY) ENGINE = MyISAM",
                            "INSERT INTO hidden.m VALUES (1)");
            live.awaitCaughtUp();

            TableComparison table = Pair.table(Way.AT_ONE_POSITION.compare(live, "hidden"), "m");

            assertThat(table.result()).isEqualTo(Result.UNDECIDED);
            assertThat(table.differences()).first().asString().contains("engine");
        }
    }

    /** Does one statement again and again. */
    private static final class Repeater implements AutoCloseable {
        private final AtomicReference<SQLException> failure = new AtomicReference<>();
        private final Thread thread;
        private volatile boolean stopping;

        Repeater(MySqlServer server, String sql) {
            thread = new Thread(() -> repeat(server, sql), "repeater");
            thread.start();
        }

        private void repeat(MySqlServer server, String sql) {
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                while (!stopping) {
                    statement.execute(sql);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
                }
            } catch (SQLException broken) {
                failure.compareAndSet(null, broken);
            }
        }

        @Override
        public void close() throws Exception {
            stopping = true;
            thread.join(30_000);
            SQLException thrown = failure.get();
            if (thrown != null) {
                throw thrown;
            }
        }
    }
}
