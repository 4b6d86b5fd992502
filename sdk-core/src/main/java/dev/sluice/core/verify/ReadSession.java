// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.mysql.SqlFailures;
import dev.sluice.core.snapshot.ReadUnit;
import dev.sluice.core.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A session that can only read, without a lock, each statement on the newest state. It refuses results that the server's limits
 * have made incomplete. One thread at a time.
 */
final class ReadSession implements ServerSession, AutoCloseable {
    /** A function's result was larger than max_allowed_packet and became NULL. */
    private static final int RESULT_BECAME_NULL = 1301;

    /** By so much a statement may go on longer than until the deadline, so that not every one is preceded by another. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final MySqlSession session;
    private final Deadline deadline;
    private final Cancellation cancellation;
    private final Cancellation.Registration watch;

    /** Of the snapshot that the session sees; null if each statement sees the newest state. */
    private final @Nullable ReadUnit unit;

    private final Runnable end;

    /** How long the server lets a statement run. */
    private Duration limit;

    private ReadSession(
            MySqlSession session,
            Deadline deadline,
            Cancellation cancellation,
            Cancellation.Registration watch,
            @Nullable ReadUnit unit,
            Runnable end) {
        this.session = session;
        this.deadline = deadline;
        this.limit = deadline.remaining();
        this.cancellation = cancellation;
        this.watch = watch;
        this.unit = unit;
        this.end = end;
    }

    /**
     * Reads in a session of a snapshot, which lets go of each table as soon as it was read.
     *
     * @param back takes the session back
     */
    static ReadSession in(
            Snapshot snapshot,
            MySqlSession session,
            MySqlConnector connector,
            Deadline deadline,
            Cancellation cancellation,
            Runnable back) {
        ReadUnit unit = snapshot.unit(session);
        ReadSession opened = new ReadSession(
                session, deadline, cancellation, session.cancellable(cancellation, connector), unit, back);
        opened.set(VerifyStatements.limits(opened.limit));
        return opened;
    }

    private void set(List<String> settings) {
        try {
            settings.forEach(this::rows);
            if (queryValue(VerifyStatements.WARNINGS_KEPT).filter("0"::equals).isPresent()) {
                rows(VerifyStatements.KEEP_WARNINGS);
            }
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** Opens a session whose statements end by themselves soon after the deadline. */
    static ReadSession open(MySqlConnector connector, Deadline deadline, Cancellation cancellation) {
        cancellation.check();
        MySqlSession session = connector.open(SessionUse.READER);
        ReadSession opened = new ReadSession(
                session, deadline, cancellation, session.cancellable(cancellation, connector), null, session::close);
        opened.set(VerifyStatements.sessionSettings(opened.limit));
        return opened;
    }

    /**
     * Proves that what was read from a table is what the snapshot holds.
     *
     * @throws StepRefusedException if it is another table by now
     */
    void confirm(TableName table) {
        if (unit != null) {
            unit.confirm(List.of(table), cancellation);
        }
    }

    /** The rows of a query, however many, values as UTF-8 text. */
    List<List<@Nullable String>> rows(String sql) {
        return read(sql, (labels, row) -> row);
    }

    /** The rows of a query, however many, by their labels. */
    @Override
    public List<Row> query(String sql) {
        return read(sql, (labels, row) -> {
            Map<String, @Nullable String> values = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                values.put(labels.get(i), row.get(i));
            }
            return Row.of(values);
        });
    }

    private <T> List<T> read(String sql, BiFunction<List<String>, List<@Nullable String>, T> row) {
        cancellation.check();
        try (Statement statement = session.connection().createStatement()) {
            shortenLimit(statement);
            List<T> rows = statement.execute(sql) ? rows(statement, row) : List.of();
            refuseLosses(statement.getWarnings());
            if (unit != null) {
                unit.letGo();
            }
            return rows;
        } catch (SQLException failure) {
            // A session that was killed because of the cancellation fails with whatever the driver makes of that.
            cancellation.check();
            throw SqlFailures.whileReading(failure, session.server());
        }
    }

    /** However long ago the session was opened, a statement ends soon after the deadline. */
    private void shortenLimit(Statement statement) throws SQLException {
        Duration left = deadline.remaining();
        if (limit.minus(left).compareTo(SLACK) >= 0) {
            statement.execute(VerifyStatements.timeLimit(left));
            limit = left;
        }
    }

    /** The only row of a query that always has one. */
    List<@Nullable String> row(String sql) {
        return rows(sql).get(0);
    }

    private static <T> List<T> rows(Statement statement, BiFunction<List<String>, List<@Nullable String>, T> make)
            throws SQLException {
        try (ResultSet result = statement.getResultSet()) {
            List<String> labels = labels(result.getMetaData());
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>(labels.size());
                for (int i = 1; i <= labels.size(); i++) {
                    byte[] value = result.getBytes(i);
                    row.add(value == null ? null : new String(value, StandardCharsets.UTF_8));
                }
                rows.add(make.apply(labels, row));
            }
            return rows;
        }
    }

    private static List<String> labels(ResultSetMetaData columns) throws SQLException {
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            labels.add(columns.getColumnLabel(i));
        }
        return labels;
    }

    private void refuseLosses(@Nullable SQLWarning first) {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            if (warning.getErrorCode() == RESULT_BECAME_NULL) {
                throw valueLost(String.valueOf(warning.getMessage()));
            }
        }
    }

    /** The failure of a query whose result does not cover all values. */
    StepRefusedException valueLost(String how) {
        return new StepRefusedException(
                Problem.of(VerifyCode.VALUE_LOST, session.server() + " left out a value: " + how));
    }

    MySqlSession session() {
        return session;
    }

    @Override
    public void close() {
        watch.close();
        try {
            if (unit != null && !cancellation.isCancelled()) {
                unit.close();
            }
        } finally {
            end.run();
        }
    }
}
