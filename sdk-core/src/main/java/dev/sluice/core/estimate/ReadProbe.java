// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.estimate;

import dev.sluice.api.error.StepException;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.estimate.Sample.OfTable;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.RawRows;
import dev.sluice.core.mysql.RawValue;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.mysql.SqlFailures;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads some rows of the largest tables, and measures how fast they come: a few million bytes over one connection, for about two seconds at most,
 * waiting for nobody's lock longer than one. Not thread-safe.
 */
final class ReadProbe {
    static final long MOST_BYTES = 8 << 20;
    static final Duration LONGEST = Duration.ofSeconds(2);

    private static final int MOST_TABLES = 8;
    private static final int MOST_ROWS = 100_000;
    private static final int FEW = 100;

    /** Of wider rows there would be time for a few only. */
    private static final long WIDEST = 1 << 20;

    private final MySqlConnector source;
    private final Map<TableName, OfTable> read = new LinkedHashMap<>();
    private final SampleText text = new SampleText();
    private final List<String> notes = new ArrayList<>();
    private long nanos;
    private long total;

    ReadProbe(MySqlConnector source) {
        this.source = source;
    }

    /** @throws StepException if the source cannot be reached */
    Sample read(List<Statistics.Table> tables) {
        List<Statistics.Table> largest = tables.stream()
                .filter(table -> width(table) < WIDEST)
                .limit(MOST_TABLES)
                .toList();
        try (MySqlSession session = source.open(SessionUse.READER)) {
            session.query("SET SESSION lock_wait_timeout = 1, SESSION max_execution_time = " + LONGEST.toMillis());
            for (Statistics.Table table : largest) {
                if (nanos < LONGEST.toNanos() && !read(session, table, MOST_BYTES / largest.size())) {
                    break;
                }
            }
        }
        return new Sample(read, nanos == 0 ? 0 : (long) (total * 1e9 / nanos), text.bytes(), notes);
    }

    /** Of a row, by the statistics. */
    private static long width(Statistics.Table table) {
        return table.rows() == 0 ? 1 : Math.max(1, table.stored() / table.rows());
    }

    /** Whether the session can be used on. */
    private boolean read(MySqlSession session, Statistics.Table table, long most) {
        try {
            List<String> columns = columns(session, table.name());
            if (columns.isEmpty()) {
                return true;
            }
            // Statistics may know of no rows yet: how wide they are has to be seen.
            OfTable few = rows(session, table.name(), columns, FEW, most);
            long limit = few.rows() == 0 ? 0 : Math.min(most * few.rows() / few.bytes(), MOST_ROWS);
            OfTable more = few.isWhole() || limit <= FEW || few.bytes() > most
                    ? few
                    : rows(session, table.name(), columns, limit, most);
            read.put(table.name(), more);
            return more.bytes() <= 2 * most;
        } catch (StepException failure) {
            notes.add("The probe could not read " + table.name() + ": "
                    + failure.problems().get(0).what());
            return false;
        }
    }

    /** Those that are copied: generated ones are not. */
    private static List<String> columns(MySqlSession session, TableName table) {
        return session
                .query("SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = "
                        + Quote.literal(table.database()) + " AND TABLE_NAME = " + Quote.literal(table.table())
                        + " AND EXTRA NOT LIKE '%GENERATED%' ORDER BY ORDINAL_POSITION")
                .stream()
                .map(row -> row.text("name"))
                .toList();
    }

    /** Rows that turn out far wider than those before end the session, since all that the query returns would come otherwise. */
    private OfTable rows(MySqlSession session, TableName table, List<String> columns, long limit, long most) {
        String list = columns.stream().map(Quote::identifier).collect(Collectors.joining(", "));
        String sql = "SELECT " + list + " FROM " + Quote.identifier(table) + " LIMIT " + limit;
        RawValue[] row = Stream.generate(RawValue::new).limit(columns.size()).toArray(RawValue[]::new);
        long count = 0;
        long bytes = 0;
        long began = System.nanoTime();
        try (RawRows rows = session.stream(sql)) {
            while (rows.next(row)) {
                count++;
                bytes += text.add(row);
                if (bytes > 2 * most) {
                    session.abort();
                    return new OfTable(count, bytes, false);
                }
            }
        } catch (SQLException failure) {
            throw SqlFailures.whileReading(failure, session.server());
        } finally {
            nanos += System.nanoTime() - began;
            total += bytes;
        }
        return new OfTable(count, bytes, count < limit);
    }
}
