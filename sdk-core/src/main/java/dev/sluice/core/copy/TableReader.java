// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SqlFailures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads table after table as a stream of raw bytes and hands them on in batches. */
final class TableReader implements Runnable {
    private final MySqlSession session;
    private final MySqlConnector source;
    private final Queue<TableCopy> waiting;
    private final BlockingQueue<Batch> batches;
    private final AtomicInteger readersLeft;
    private final RowFormat format;
    private final CopyFailure failure;
    private final CopyListener listener;

    TableReader(
            MySqlSession session,
            MySqlConnector source,
            Queue<TableCopy> waiting,
            BlockingQueue<Batch> batches,
            AtomicInteger readersLeft,
            RowFormat format,
            CopyFailure failure,
            CopyListener listener) {
        this.session = session;
        this.source = source;
        this.waiting = waiting;
        this.batches = batches;
        this.readersLeft = readersLeft;
        this.format = format;
        this.failure = failure;
        this.listener = listener;
    }

    @Override
    public void run() {
        try (Cancellation.Registration killed = session.cancellable(failure.cancellation(), source)) {
            session.query("SET SESSION character_set_results = NULL");
            for (TableCopy table = waiting.poll(); table != null; table = waiting.poll()) {
                failure.cancellation().check();
                read(table);
            }
        } catch (RuntimeException | Error failed) {
            failure.report(failed);
        } finally {
            readersLeft.decrementAndGet();
        }
    }

    /** The savepoint lets go of the table's metadata lock afterwards, and keeps the snapshot. */
    private void read(TableCopy table) {
        session.query("SAVEPOINT sluice");
        try (Statement statement =
                session.connection().createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(Integer.MIN_VALUE);
            try (ResultSet rows = statement.executeQuery(table.statements().select())) {
                read(table, rows);
            }
        } catch (SQLException failed) {
            throw SqlFailures.whileReading(failed, session.server());
        }
        session.query("ROLLBACK TO SAVEPOINT sluice");
    }

    private void read(TableCopy table, ResultSet rows) throws SQLException {
        int columns = table.definition().storedColumns().size();
        long read = 0;
        Batch batch = format.batch(table);
        while (rows.next()) {
            for (int column = 0; column < columns; column++) {
                batch.value(rows.getBytes(column + 1), column);
            }
            batch.endRow();
            read++;
            if (batch.size() >= format.fullAt()) {
                handOn(batch);
                batch = format.batch(table);
            }
        }
        if (batch.rows() > 0) {
            handOn(batch);
        }
        if (table.readToEnd(read)) {
            listener.tableDone(table.name(), table.rows(), table.bytes());
        }
    }

    private void handOn(Batch batch) {
        try {
            while (!batches.offer(batch, 200, TimeUnit.MILLISECONDS)) {
                failure.cancellation().check();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("A reading thread was interrupted", interrupted);
        }
    }
}
