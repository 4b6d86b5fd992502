// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SqlFailures;
import dev.sluice.core.snapshot.ReadUnit;
import dev.sluice.core.snapshot.Snapshot;
import dev.sluice.core.snapshot.SnapshotFailures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Reads table after table as a stream of raw bytes and hands them on in batches. */
record TableReader(Snapshot snapshot, MySqlSession session, MySqlConnector source, RowFormat format, Pipeline pipeline)
        implements Runnable {
    @Override
    public void run() {
        try (Cancellation.Registration killed =
                session.cancellable(pipeline.failure().cancellation(), source)) {
            session.query("SET SESSION character_set_results = NULL");
            for (TableCopy table = pipeline.nextTable(); table != null; table = pipeline.nextTable()) {
                read(table);
            }
        } catch (RuntimeException | Error failed) {
            pipeline.failure().report(failed);
        } finally {
            pipeline.readerEnded();
        }
    }

    /** A unit lets go of the table afterwards and keeps the snapshot; its rows count only if it still is that table at the end. */
    private void read(TableCopy table) {
        try (ReadUnit unit = snapshot.unit(session)) {
            stream(table);
            unit.confirm(List.of(table.name()));
        }
    }

    private void stream(TableCopy table) {
        try (Statement statement =
                session.connection().createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(Integer.MIN_VALUE);
            try (ResultSet rows = statement.executeQuery(table.statements().select())) {
                read(table, rows);
            }
        } catch (SQLException failed) {
            throw SnapshotFailures.reading(
                    table.name(), SqlFailures.whileReading(failed, session.server()), session.server());
        }
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
                pipeline.handOn(batch);
                batch = format.batch(table);
            }
        }
        if (batch.rows() > 0) {
            pipeline.handOn(batch);
        }
        if (table.readToEnd(read)) {
            pipeline.listener().tableDone(table.name(), table.rows(), table.bytes());
        }
    }
}
