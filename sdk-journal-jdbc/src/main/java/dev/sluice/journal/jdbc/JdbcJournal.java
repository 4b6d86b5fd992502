// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.journal.jdbc;

import dev.sluice.api.error.JournalException;
import dev.sluice.api.run.RunId;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalFailures;
import dev.sluice.core.journal.JournalLine;
import dev.sluice.core.journal.JournalLines;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalRecordCodec;
import dev.sluice.core.journal.JournalWriter;
import dev.sluice.core.journal.ProcessMark;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A journal in three tables of a MySQL or PostgreSQL database: {@code sluice_journal_run}, {@code sluice_journal_record} and
 * {@code sluice_journal_version}. Each record is a transaction of its own, which looks at the run's lease first. It should be a database that no
 * plan touches: a journal on a run's own replica is gone with it. Who is to write needs SELECT, INSERT and UPDATE on the tables.
 *
 * <p>Connections are the host's: taken for one call each, by threads of this journal, and given back as they came. Whatever they are set to,
 * each call is a transaction that is committed. A call has ten seconds, with the wait for its connection, and fails then. Closing the journal closes
 * no connection.
 */
public final class JdbcJournal implements Journal {
    static final int VERSION = 1;

    /** What PostgreSQL says of a statement that has had its time; its driver has no type for that. */
    private static final String STATEMENT_CANCELLED = "57014";

    private final JdbcCalls calls;
    private final JdbcDialect dialect;

    private JdbcJournal(JdbcCalls calls, JdbcDialect dialect) {
        this.calls = calls;
        this.dialect = dialect;
    }

    /**
     * Opens the journal, and makes its tables if they are not there.
     *
     * @param source connects to the database, and the schema, that has the tables
     * @throws JournalException if it cannot be reached, is neither MySQL nor PostgreSQL, or has tables of another version
     */
    public static JdbcJournal in(DataSource source) {
        return open(source, true);
    }

    /**
     * Opens the journal, whose tables somebody has made by {@link #schema}.
     *
     * @throws JournalException as {@link #in}, and if the tables are not there
     */
    public static JdbcJournal existingIn(DataSource source) {
        return open(source, false);
    }

    /**
     * The statements that make the tables, for who may not let a program do so.
     *
     * @throws JournalException if the database cannot be reached, or is neither MySQL nor PostgreSQL
     */
    public static List<String> schema(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return JdbcDialect.of(connection).schema();
        } catch (SQLException failed) {
            throw unusable(failed);
        }
    }

    private static JdbcJournal open(DataSource source, boolean mayCreate) {
        return open(new JdbcCalls(source, JdbcCalls.ANSWER), mayCreate);
    }

    /** With limits of its own, for tests. */
    static JdbcJournal open(JdbcCalls calls, boolean mayCreate) {
        try {
            JdbcDialect dialect = calls.inOne(List.of(), JdbcDialect::of);
            if (mayCreate) {
                create(calls, dialect);
            }
            List<Integer> versions = calls.inOne(
                    dialect.begin(),
                    connection -> JdbcCalls.query(
                            connection, row -> row.getInt(1), "SELECT version FROM sluice_journal_version"));
            if (!versions.equals(List.of(VERSION))) {
                throw JournalFailures.unusable(
                        "The journal's tables have the versions " + versions + ", and this Sluice knows " + VERSION,
                        null);
            }
            return new JdbcJournal(calls, dialect);
        } catch (SQLException failed) {
            throw unusable(failed);
        }
    }

    private static void create(JdbcCalls calls, JdbcDialect dialect) throws SQLException {
        for (String statement : dialect.schema()) {
            try {
                create(calls, dialect, statement);
            } catch (SQLException failed) {
                if (!JdbcDialect.isMadeByAnother(failed)) {
                    throw failed;
                }
                // Now that the other one is done, it is seen to be there.
                create(calls, dialect, statement);
            }
        }
    }

    private static void create(JdbcCalls calls, JdbcDialect dialect, String statement) throws SQLException {
        calls.inOne(dialect.begin(), connection -> JdbcCalls.update(connection, statement));
    }

    @Override
    public JournalWriter take(RunId run) {
        // In a transaction of its own: it leaves a lock on the row, over which two who do the same would block each
        // other.
        call(connection -> JdbcCalls.update(
                connection,
                dialect.insertUnlessThere(
                        "sluice_journal_run (run_id, token, owner, is_free, renewed_at)" + " VALUES (?, 0, '', 1, 0)"),
                run.value()));
        return call(connection -> {
            JdbcLease last = lease(JdbcLease.lock(connection, dialect, run.value()), run);
            if (last.isHeld()) {
                throw JournalFailures.taken(run, last.ownerText());
            }
            JdbcCalls.update(
                    connection,
                    "UPDATE sluice_journal_run SET token = ?, owner = ?, is_free = 0, renewed_at = " + dialect.now()
                            + " WHERE run_id = ?",
                    last.token() + 1,
                    ProcessMark.ofThisProcess().text(),
                    run.value());
            return new Writer(run, last.token() + 1);
        });
    }

    private static JdbcLease lease(Optional<JdbcLease> found, RunId run) {
        return found.orElseThrow(
                () -> JournalFailures.unusable("The run " + run + " vanished from the journal's tables", null));
    }

    @Override
    public boolean isTaken(RunId run) {
        return call(connection -> JdbcLease.find(connection, dialect, run.value())
                .filter(JdbcLease::isHeld)
                .isPresent());
    }

    @Override
    public List<JournalRecord> read(RunId run) {
        JournalLines lines = new JournalLines();
        try {
            call(connection -> JdbcCalls.query(
                            connection,
                            row -> new JournalLine(row.getLong(1), row.getString(2)),
                            "SELECT token, entry FROM sluice_journal_record WHERE run_id = ? ORDER BY seq",
                            run.value()))
                    .forEach(lines::add);
        } catch (IllegalArgumentException unknown) {
            throw JournalFailures.unusable(
                    "The journal of " + run + " cannot be read: " + unknown.getMessage(), unknown);
        }
        return lines.records();
    }

    @Override
    public Optional<JournalRecord> first(RunId run) {
        try {
            return call(connection -> JdbcCalls.first(
                            connection,
                            row -> row.getString(1),
                            "SELECT entry FROM sluice_journal_record WHERE run_id = ? AND seq = 1",
                            run.value()))
                    .map(JournalRecordCodec::read);
        } catch (IllegalArgumentException unknown) {
            throw JournalFailures.unusable(
                    "The journal of " + run + " cannot be read: " + unknown.getMessage(), unknown);
        }
    }

    @Override
    public List<RunId> runs() {
        return call(connection -> JdbcCalls.query(
                connection,
                row -> new RunId(row.getString(1)),
                "SELECT DISTINCT run_id FROM sluice_journal_record ORDER BY run_id"));
    }

    private <T> T call(JdbcCalls.Work<T> work) {
        try {
            return calls.inOne(dialect.begin(), work);
        } catch (SQLException failed) {
            throw unusable(failed);
        }
    }

    private static JournalException unusable(SQLException failed) {
        boolean isTimeout = failed instanceof SQLTimeoutException || STATEMENT_CANCELLED.equals(failed.getSQLState());
        return JournalFailures.unusable(
                "The journal's database says: " + failed.getMessage() + " (SQLState " + failed.getSQLState() + ")"
                        + (isTimeout
                                ? ": it does not answer, or a process that was stopped in a transaction keeps the row of its run locked"
                                : ""),
                failed);
    }

    /** Of one run. */
    private final class Writer implements JournalWriter {
        private final RunId run;
        private final long token;

        /** Of an append that failed, and may yet have been committed; null if there is none. */
        private @Nullable String doubtful;

        Writer(RunId run, long token) {
            this.run = run;
            this.token = token;
        }

        @Override
        public long token() {
            return token;
        }

        /** Who tries the same record again adds it once. */
        @Override
        public synchronized void append(JournalRecord entry) {
            String text = JournalRecordCodec.write(entry);
            boolean mayBeThere = text.equals(doubtful);
            doubtful = text;
            call(connection -> {
                requireMine(JdbcLease.lock(connection, dialect, run.value()));
                if (mayBeThere && lastIs(connection, text)) {
                    return 0;
                }
                return insert(connection, text);
            });
            doubtful = null;
        }

        private boolean lastIs(Connection connection, String text) throws SQLException {
            return JdbcCalls.first(
                            connection,
                            row -> row.getLong(1) == token && text.equals(row.getString(2)),
                            "SELECT token, entry FROM sluice_journal_record WHERE run_id = ? ORDER BY seq DESC LIMIT 1",
                            run.value())
                    .orElse(false);
        }

        private int insert(Connection connection, String text) throws SQLException {
            long last = JdbcCalls.first(
                            connection,
                            row -> row.getLong(1),
                            "SELECT COALESCE(MAX(seq), 0) FROM sluice_journal_record WHERE run_id = ?",
                            run.value())
                    .orElse(0L);
            return JdbcCalls.update(
                    connection,
                    "INSERT INTO sluice_journal_record (run_id, seq, token, entry) VALUES (?, ?, ?, ?)",
                    run.value(),
                    last + 1,
                    token,
                    text);
        }

        private void requireMine(Optional<JdbcLease> lease) {
            if (!lease(lease, run).isOf(token)) {
                throw JournalFailures.lost(run);
            }
        }

        @Override
        public void check() {
            requireMine(call(connection -> JdbcLease.find(connection, dialect, run.value())));
        }

        @Override
        public void renew() {
            call(connection -> {
                requireMine(JdbcLease.lock(connection, dialect, run.value()));
                return JdbcCalls.update(
                        connection,
                        "UPDATE sluice_journal_run SET renewed_at = " + dialect.now() + " WHERE run_id = ?",
                        run.value());
            });
        }

        @Override
        public void close() {
            call(connection -> JdbcCalls.update(
                    connection,
                    "UPDATE sluice_journal_run SET is_free = 1 WHERE run_id = ? AND token = ?",
                    run.value(),
                    token));
        }
    }
}
