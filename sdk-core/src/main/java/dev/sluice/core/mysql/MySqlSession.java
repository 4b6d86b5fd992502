// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open connection, with the time zone UTC, autocommit on and a known sql_mode. Failures are {@link StepException}s
 * classified by {@link SqlFailures}; their messages never hold the statement. Not thread-safe: one thread at a time, except
 * {@link #abort()} and {@link #cancellable}.
 */
public final class MySqlSession implements ServerSession, AutoCloseable {
    /** The most rows that {@link #query} returns. */
    public static final int MAX_ROWS = 100_000;

    /**
     * How long a server keeps a session that changes something and of whose client it hears nothing. Shorter than it takes a server to forget a
     * claim on a replica: whoever claims it next finds no session that could wake up.
     */
    public static final Duration LONGEST_SILENCE_OF_A_WRITER = Duration.ofSeconds(25);

    private static final Logger log = LoggerFactory.getLogger(MySqlSession.class);

    private final Connection connection;
    private final String server;
    private final SessionSetup.Greeting greeting;
    private final Duration longestSilence;
    private final LocalInfile localInfile;
    private final StatementForm form;

    private MySqlSession(
            Connection connection,
            String server,
            SessionSetup.Greeting greeting,
            Duration longestSilence,
            LocalInfile localInfile,
            StatementForm form) {
        this.connection = connection;
        this.server = server;
        this.greeting = greeting;
        this.longestSilence = longestSilence;
        this.localInfile = localInfile;
        this.form = form;
    }

    /** Takes over a fresh connection; the caller closes it if this fails. */
    static MySqlSession start(Connection connection, String server, SessionUse use, Duration socketTimeout)
            throws SQLException {
        boolean streams = ConnectorJ.answerLocalInfileWithNothing(connection, use);
        SessionSetup.Greeting greeting = SessionSetup.run(connection, use);
        limitSilence(connection, socketTimeout);
        boolean bytes = use == SessionUse.WRITER && ConnectorJ.sendCharactersAsBytes(connection);
        return new MySqlSession(
                connection,
                server,
                greeting,
                socketTimeout,
                streams ? LocalInfile.STREAMS : LocalInfile.NONE,
                bytes ? StatementForm.BYTES : StatementForm.TEXT);
    }

    /**
     * Runs a statement that reads, or a harmless {@code SET} of the session, and returns its first result.
     *
     * @throws StepException refused, or unavailable and worth another try; nothing was changed
     */
    @Override
    public List<Row> query(String sql) {
        try (Statement statement = connection.createStatement()) {
            List<Row> rows = statement.execute(form.of(sql)) ? rows(statement) : List.of();
            drain(statement);
            return rows;
        } catch (SQLException failure) {
            throw SqlFailures.whileReading(failure, server);
        }
    }

    /**
     * Runs a query and returns its rows as they come, without holding more of them than one.
     *
     * @throws SQLException if it fails, as reading the rows may: see {@link SqlFailures#whileReading}
     */
    public RawRows stream(String sql) throws SQLException {
        return stream(sql, bytes -> {});
    }

    /**
     * The same, where wide rows are not taken in at once.
     *
     * @param beforeWide asked, by the row's bytes, before memory is taken for a row of more than 128 KB, on the thread that reads. A connection
     *     that hides MySQL Connector/J shows how wide a row is only afterwards: there, before every row, with the bytes of the row before
     */
    public RawRows stream(String sql, LongConsumer beforeWide) throws SQLException {
        return ConnectorJ.rows(connection, sql, beforeWide);
    }

    private List<Row> rows(Statement statement) throws SQLException {
        try (ResultSet result = statement.getResultSet()) {
            ResultSetMetaData columns = result.getMetaData();
            List<Row> rows = new ArrayList<>();
            while (result.next()) {
                if (rows.size() == MAX_ROWS) {
                    throw new StepRefusedException(Problem.of(
                            ServerErrorCode.RESULT_TOO_LARGE, server + " returned more than " + MAX_ROWS + " rows"));
                }
                rows.add(row(result, columns));
            }
            return rows;
        }
    }

    /** By bytes, so that the driver interprets nothing: results arrive in UTF-8. */
    private static Row row(ResultSet result, ResultSetMetaData columns) throws SQLException {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            byte[] value = result.getBytes(i);
            values.put(columns.getColumnLabel(i), value == null ? null : new String(value, StandardCharsets.UTF_8));
        }
        return Row.of(values);
    }

    /**
     * Runs a statement that changes something and takes all its results off the connection.
     *
     * @throws StepException what became of the change is in its type: refused, unavailable, or unknown
     */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(form.of(sql));
            drain(statement);
        } catch (SQLException failure) {
            throw SqlFailures.whileChanging(failure, server);
        }
    }

    /**
     * Runs a statement that changes rows.
     *
     * @return how many rows it changed
     * @throws StepException what became of the change is in its type: refused, unavailable, or unknown
     */
    public long executeUpdate(String sql) {
        try (Statement statement = connection.createStatement()) {
            long changed = statement.executeLargeUpdate(form.of(sql));
            drain(statement);
            return changed;
        } catch (SQLException failure) {
            throw SqlFailures.whileChanging(failure, server);
        }
    }

    private static void drain(Statement statement) throws SQLException {
        while (statement.getMoreResults() || statement.getLargeUpdateCount() != -1) {
            // Each turn throws away one result; an error after the first one surfaces here.
        }
    }

    /** Whether {@link #loadLocal} works: the session is a writer's, by MySQL Connector/J. The server may still refuse. */
    public boolean streamsRows() {
        return localInfile == LocalInfile.STREAMS;
    }

    /**
     * Runs a {@code LOAD DATA LOCAL INFILE} statement whose rows come from a stream, whatever file name it has. The stream is read
     * on this thread, to its end, and closed.
     *
     * @throws StepException what became of the rows is in its type: refused, unavailable, or unknown
     * @throws IllegalStateException if {@link #streamsRows()} is false
     */
    public LoadOutcome loadLocal(String sql, InputStream rows) {
        if (!streamsRows()) {
            throw new IllegalStateException("Rows can be streamed on a writer's session of MySQL Connector/J only");
        }
        try (Statement statement = connection.createStatement()) {
            return LoadOutcome.parse(ConnectorJ.loadLocal(statement, form.of(sql), rows));
        } catch (SQLException failure) {
            throw SqlFailures.whileChanging(failure, server);
        }
    }

    /** Whether {@link #change} works: the session is a writer's, by MySQL Connector/J. */
    public boolean sendsBytes() {
        return form == StatementForm.BYTES;
    }

    /**
     * Runs a statement that changes something and is given as the bytes that the server shall get, in the session's
     * {@code character_set_client}. Values in it may be bytes that are no text.
     *
     * @param statement its bytes
     * @param length how many of them
     * @return how many rows it changed, and how many warnings there were
     * @throws StepException what became of the change is in its type: refused, unavailable, or unknown
     * @throws IllegalStateException if {@link #sendsBytes()} is false
     */
    public ChangeOutcome change(byte[] statement, int length) {
        if (!sendsBytes()) {
            throw new IllegalStateException("Bytes can be sent on a writer's session of MySQL Connector/J only");
        }
        try (Statement change = connection.createStatement()) {
            long rows = change.executeLargeUpdate(new String(statement, 0, length, StandardCharsets.ISO_8859_1));
            // The driver knows whether there are any; it fetches at most as many as the server keeps.
            long warnings = change.getWarnings() == null ? 0 : countWarnings();
            return new ChangeOutcome(rows, warnings);
        } catch (SQLException failure) {
            throw SqlFailures.whileChanging(failure, server);
        }
    }

    private long countWarnings() {
        return queryValue("SHOW COUNT(*) WARNINGS").map(Long::parseLong).orElseThrow();
    }

    /**
     * The connection below, for streaming. Failures of what is done on it go through {@link SqlFailures}. On a writer's session its
     * statements are ASCII: see {@link #sendsBytes()}.
     */
    public Connection connection() {
        return connection;
    }

    /**
     * Does something for whose answers it waits as long as the connection lives: a server says nothing while it builds keys, which can
     * take days. Whoever calls this can have the session killed: see {@link #cancellable}. After a failure the session has no time limit.
     */
    public void withoutTimeLimit(Runnable work) {
        limitSilence(Duration.ZERO);
        work.run();
        limitSilence(longestSilence);
    }

    private void limitSilence(Duration longest) {
        try {
            limitSilence(connection, longest);
        } catch (SQLException failure) {
            throw SqlFailures.whileReading(failure, server);
        }
    }

    private static void limitSilence(Connection connection, Duration longest) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, (int) Math.min(Integer.MAX_VALUE, longest.toMillis()));
    }

    /** The server's id of this session, as {@code KILL} takes it. */
    public long connectionId() {
        return greeting.connectionId();
    }

    /** {@code @@server_uuid} of the server that this session is on. */
    public String serverUuid() {
        return greeting.life().serverUuid();
    }

    /** Whether the id of that session, in this one, names that session and no other: both are on one server that was not restarted in between. */
    public boolean isOnServerOf(MySqlSession other) {
        return greeting.life().isSameAs(other.greeting.life());
    }

    /** The version of the server that this session is on, as it was when the session was opened. */
    public ServerVersion version() {
        return greeting.version();
    }

    /** What people call the server, for messages. */
    public String server() {
        return server;
    }

    /** Whether the server still answers on this session within the time, which is rounded up to seconds. */
    public boolean isAlive(Duration timeout) {
        try {
            return connection.isValid((int) Math.max(1, timeout.plusMillis(999).toSeconds()));
        } catch (SQLException closed) {
            return false;
        }
    }

    /**
     * Has this session killed on the server, through a connection of its own, when the cancellation comes: a running statement
     * ends at once, and none can start afterwards. The connection is cut off here as well: a server that cannot be reached kills nothing, and
     * one whose word about it is lost on the way, or that has forgotten the session long ago, tells nobody. Where another server answers by now,
     * or the same after a restart, nothing is killed there.
     *
     * @return ends the watch when closed
     */
    public Cancellation.Registration cancellable(Cancellation cancellation, MySqlConnector connector) {
        return cancellation.onCancel(() -> {
            try {
                connector.kill(this);
            } catch (StepRefusedException notThere) {
                log.warn(
                        "A session was not killed; it ends on this side. reason={}",
                        notThere.problems().get(0).what());
            } catch (RuntimeException unreachable) {
                log.debug(
                        "A session could not be killed on its server; it ends on this side. session={}",
                        this,
                        unreachable);
            }
            abort();
        });
    }

    /** Cuts the connection off at once, without a word to the server, from any thread. A second call does nothing. */
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            close();
        }
    }

    /** Closes the connection; never throws. A second call does nothing. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException | RuntimeException alreadyGone) {
            // Whatever the reason, there is nothing left to close.
            return;
        }
    }

    @Override
    public String toString() {
        return server + " session " + connectionId();
    }

    /** How the driver sends the characters of a statement. */
    private enum StatementForm {
        /** As UTF-8. */
        TEXT {
            @Override
            String of(String sql) {
                return sql;
            }
        },
        /** One byte each, so that UTF-8 has to be written out here. */
        BYTES {
            @Override
            String of(String sql) {
                return new String(sql.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            }
        };

        abstract String of(String sql);
    }

    private enum LocalInfile {
        STREAMS,
        NONE
    }
}
