// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.sluice.api.document.Document;
import dev.sluice.api.error.JournalException;
import dev.sluice.api.run.RunId;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalWriter;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Journals in databases. */
@Timeout(240)
class JdbcJournalIT {
    private static final RunId RUN = new RunId("r-1");
    private static final JournalRecord OPENED = new JournalRecord.RunOpened(
            Instant.EPOCH, "abc", Document.empty().with("name", "`größe` 😀 'it''s' \\ \n" + "x".repeat(100_000)));
    private static final JournalRecord FIRST = new JournalRecord.StepOpened(Instant.EPOCH, "fake/first@1");
    private static final JournalRecord SECOND = new JournalRecord.StepOpened(Instant.EPOCH, "fake/second@1");

    private SharedServers.@Nullable Loan loan;
    private @Nullable PostgresServer postgres;

    @AfterEach
    void stop() throws Exception {
        if (loan != null) {
            loan.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    private DataSource mysql(MySqlRelease release) throws SQLException {
        assumeThat(release.availability()).isEmpty();
        loan = SharedServers.ofThisJvm().borrow(release);
        MySqlServer server = loan.server();
        server.execute("CREATE DATABASE journals");
        MysqlDataSource source = new MysqlDataSource();
        source.setUrl(server.jdbcUrl().replace("/?", "/journals?"));
        source.setUser(server.rootUser());
        source.setPassword(server.rootPassword());
        return source;
    }

    @Test
    void inMySql8() throws Exception {
        behavesAsAJournal(mysql(MySqlRelease.MYSQL_8_0_31));
    }

    /** By the same statements as in 8. */
    @Tag("long")
    @Test
    void inMySql57() throws Exception {
        behavesAsAJournal(mysql(MySqlRelease.MYSQL_5_7));
    }

    @Test
    void inPostgreSql() throws Exception {
        Optional<PostgresServer> server = PostgresServer.start();
        assumeThat(server).as("PostgreSQL's programs, and a user for them").isPresent();
        postgres = server.get();
        behavesAsAJournal(postgres.source());
    }

    /** 02:30 comes twice in the night in which summer ends. */
    @Test
    void theClockGoesOnWhenSummerEnds() throws Exception {
        DataSource source = mysql(MySqlRelease.MYSQL_8_0_31);
        for (String row : List.of(
                "time_zone (Time_zone_id, Use_leap_seconds) VALUES (9001, 'N')",
                "time_zone_name (Name, Time_zone_id) VALUES ('Test/Autumn', 9001)",
                "time_zone_transition_type (Time_zone_id, Transition_type_id, Offset, Is_DST, Abbreviation)"
                        + " VALUES (9001, 0, 3600, 0, 'CET'), (9001, 1, 7200, 1, 'CEST')",
                "time_zone_transition (Time_zone_id, Transition_time, Transition_type_id)"
                        + " VALUES (9001, 1774746000, 1), (9001, 1792890000, 0)")) {
            execute(source, "INSERT INTO mysql." + row);
        }
        for (Instant time : List.of(Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-25T01:30:00Z"))) {
            try (Connection connection = source.getConnection()) {
                JdbcCalls.update(connection, "SET time_zone = 'Test/Autumn'");
                JdbcCalls.update(connection, "SET timestamp = " + time.getEpochSecond());

                assertThat(JdbcCalls.query(
                                connection,
                                row -> row.getString(1) + " " + row.getLong(2),
                                "SELECT NOW(), " + JdbcDialect.MYSQL.now()))
                        .containsExactly("2026-10-25 02:30:00 " + time.toEpochMilli());
            }
        }
    }

    private static void behavesAsAJournal(DataSource source) throws Exception {
        manyMayStartAtTheSameMoment(source);
        tablesAreMadeOnceAndChecked(source);
        connectionsMayBeSetToAnything(source);
        whoKeepsTheRowLockedHoldsNobodyUp(source);
        recordsAreThereForTheNextProcess(source);
        ofManyAtTheSameMomentOneGetsIt(source);
        whoWasSilentForTooLongWritesNothingMore(source);
        tablesOfAnotherVersionAreRefused(source);
    }

    private static void manyMayStartAtTheSameMoment(DataSource source) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            for (int round = 0; round < 5; round++) {
                CountDownLatch go = new CountDownLatch(1);
                List<Future<JdbcJournal>> starts = IntStream.range(0, 6)
                        .mapToObj(i -> threads.submit((Callable<JdbcJournal>) () -> {
                            go.await();
                            return JdbcJournal.in(source);
                        }))
                        .toList();
                go.countDown();
                for (Future<JdbcJournal> start : starts) {
                    assertThat(start.get().runs()).isEmpty();
                }
                execute(source, "DROP TABLE sluice_journal_run, sluice_journal_record, sluice_journal_version");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** As a host's pool may hand them out. Tables that are made are there for others, and nobody's writes are refused over a snapshot. */
    private static void connectionsMayBeSetToAnything(DataSource source) throws Exception {
        execute(source, "DROP TABLE sluice_journal_run, sluice_journal_record, sluice_journal_version");
        DataSource odd = new GivenConnections(() -> {
            Connection connection = source.getConnection();
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
            return connection;
        });
        Journal journal = JdbcJournal.in(odd);
        assertThat(JdbcJournal.existingIn(source).runs()).isEmpty();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        RunId run = new RunId("r-odd");
        try (JournalWriter writer = journal.take(run)) {
            Future<?> renewals = threads.submit(() -> IntStream.range(0, 60).forEach(i -> writer.renew()));
            IntStream.range(0, 60).forEach(i -> writer.append(FIRST));
            renewals.get();
        } finally {
            threads.shutdownNow();
        }
        assertThat(journal.read(run)).hasSize(60);
        assertThat(journal.first(run)).contains(FIRST);
        execute(source, "DELETE FROM sluice_journal_record");
    }

    /** A process that was stopped in the middle of its transaction. */
    private static void whoKeepsTheRowLockedHoldsNobodyUp(DataSource source) throws SQLException {
        RunId run = new RunId("r-locked");
        Journal journal = JdbcJournal.in(source);
        journal.take(run).close();
        try (Connection stopped = source.getConnection()) {
            stopped.setAutoCommit(false);
            JdbcCalls.query(stopped, row -> 1, "SELECT * FROM sluice_journal_run WHERE run_id = 'r-locked' FOR UPDATE");
            long began = System.nanoTime();

            assertThatThrownBy(() -> journal.take(run)).hasMessageContaining("CORE-601");

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(12));
            assertThat(journal.read(run)).isEmpty();
            stopped.rollback();
        }
        journal.take(run).close();
    }

    private static void tablesAreMadeOnceAndChecked(DataSource source) throws SQLException {
        assertThatThrownBy(() -> JdbcJournal.existingIn(source))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("CORE-601");
        for (String statement : JdbcJournal.schema(source)) {
            execute(source, statement);
        }
        assertThat(JdbcJournal.existingIn(source).runs()).isEmpty();
        assertThat(JdbcJournal.in(source).runs()).isEmpty();
    }

    private static void recordsAreThereForTheNextProcess(DataSource source) {
        JdbcJournal journal = JdbcJournal.in(source);
        try (JournalWriter writer = journal.take(RUN)) {
            assertThat(writer.token()).isEqualTo(1);
            writer.append(OPENED);
            writer.append(FIRST);
            writer.renew();
            assertThat(journal.isTaken(RUN)).isTrue();
            assertThatThrownBy(() -> JdbcJournal.in(source).take(RUN)).hasMessageContaining("CORE-655");
        }
        assertThat(journal.isTaken(RUN)).isFalse();
        try (JournalWriter writer = JdbcJournal.in(source).take(RUN)) {
            assertThat(writer.token()).isEqualTo(2);
            writer.append(SECOND);
        }
        assertThat(JdbcJournal.in(source).read(RUN)).containsExactly(OPENED, FIRST, SECOND);
        assertThat(JdbcJournal.in(source).runs()).containsExactly(RUN);
        assertThat(journal.read(new RunId("r-0"))).isEmpty();
    }

    private static void ofManyAtTheSameMomentOneGetsIt(DataSource source) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 10; round++) {
                RunId run = new RunId("r-at-once-" + round);
                CountDownLatch go = new CountDownLatch(1);
                JdbcJournal journal = JdbcJournal.in(source);
                List<Future<JournalWriter>> tries = IntStream.range(0, 4)
                        .mapToObj(i -> threads.submit((Callable<JournalWriter>) () -> {
                            go.await();
                            return journal.take(run);
                        }))
                        .toList();
                go.countDown();
                List<String> refusals = new ArrayList<>();
                for (Future<JournalWriter> attempt : tries) {
                    try {
                        attempt.get();
                    } catch (ExecutionException refused) {
                        refusals.add(refused.getMessage());
                    }
                }
                assertThat(refusals).hasSize(3).allMatch(refusal -> refusal.contains("CORE-655"));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void whoWasSilentForTooLongWritesNothingMore(DataSource source) throws SQLException {
        RunId run = new RunId("r-2");
        JournalWriter slow = JdbcJournal.in(source).take(run);
        slow.append(FIRST);
        execute(source, "UPDATE sluice_journal_run SET renewed_at = renewed_at - 20000 WHERE run_id = 'r-2'");
        try (JournalWriter next = JdbcJournal.in(source).take(run)) {
            assertThat(next.token()).isEqualTo(2);

            assertThatThrownBy(() -> slow.append(SECOND)).hasMessageContaining("CORE-656");
            assertThatThrownBy(slow::renew).hasMessageContaining("CORE-656");
            assertThatThrownBy(slow::check).hasMessageContaining("CORE-656");
            slow.close();
            next.append(FIRST);
        }
        assertThat(JdbcJournal.in(source).read(run)).containsExactly(FIRST, FIRST);
    }

    private static void tablesOfAnotherVersionAreRefused(DataSource source) throws SQLException {
        execute(source, "UPDATE sluice_journal_version SET version = 99");

        assertThatThrownBy(() -> JdbcJournal.existingIn(source)).hasMessageContaining("99");
    }

    private static void execute(DataSource source, String statement) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement work = connection.createStatement()) {
            work.execute(statement);
        }
    }
}
