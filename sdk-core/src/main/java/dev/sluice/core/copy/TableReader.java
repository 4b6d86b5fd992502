// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.RawRows;
import dev.sluice.core.mysql.SqlFailures;
import dev.sluice.core.snapshot.ReadUnit;
import dev.sluice.core.snapshot.Snapshot;
import dev.sluice.core.snapshot.SnapshotFailures;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads unit after unit as a stream of raw bytes and hands the rows on in batches. */
record TableReader(
        int number,
        Snapshot snapshot,
        MySqlSession session,
        MySqlConnector source,
        Pipeline pipeline,
        ConfirmPace pace,
        Debt debt)
        implements Runnable {
    TableReader(int number, Snapshot snapshot, MySqlSession session, MySqlConnector source, Pipeline pipeline) {
        this(number, snapshot, session, source, pipeline, new ConfirmPace(), new Debt());
    }

    @Override
    public void run() {
        try (Cancellation.Registration killed = session.cancellable(pipeline.cancellation(), source)) {
            prepare();
            for (RowUnit next = pipeline.awaitUnit(number); next != null; next = pipeline.awaitUnit(number)) {
                while (next != null) {
                    next = readSome(next);
                }
            }
        } catch (RuntimeException | Error failed) {
            pipeline.failure().report(failed);
        } finally {
            pipeline.readerEnded();
        }
    }

    /** In a unit that reads nothing: from then on the snapshot is kept alive however long this one has to wait. */
    private void prepare() {
        try (ReadUnit none = snapshot.unit(session)) {
            none.session().query("SET SESSION character_set_results = NULL");
        }
    }

    /** Reads a unit, and small ones after it, and proves that all of them were the snapshot's. Returns the unit that is next, if it may go on. */
    private @Nullable RowUnit readSome(RowUnit first) {
        Map<RowUnit, Long> rows = new LinkedHashMap<>();
        long end = pace.deadline();
        RowUnit next = first;
        try (ReadUnit unit = snapshot.unit(session)) {
            do {
                rows.put(next, read(next));
                next = pipeline.nextUnit(number);
            } while (next != null && next.isSmall() && System.nanoTime() - end < 0);
            List<TableName> tables =
                    rows.keySet().stream().map(TableReader::name).distinct().toList();
            pace.timed(() -> unit.confirm(tables, pipeline.cancellation()));
        }
        rows.forEach(pipeline::read);
        // At rest: the session is kept alive, and holds up no DDL.
        debt.pay(pipeline.gate());
        return next;
    }

    private static TableName name(RowUnit unit) {
        return unit.table().name();
    }

    private long read(RowUnit unit) {
        if (unit.table().begins()) {
            pipeline.listener().tableBegun(name(unit));
        }
        try (WideRows.Turn turn = pipeline.wideRows()) {
            return handOn(unit, new RowStream(unit, pipeline, turn, debt));
        } catch (SQLException failed) {
            throw SnapshotFailures.reading(
                    name(unit), SqlFailures.whileReading(failed, session.server()), session.server());
        }
    }

    /** Closing a stream of rows takes the rest of them from the server, unless the session is killed before: so this tells first. */
    private long handOn(RowUnit unit, RowStream stream) throws SQLException {
        try (RawRows rows = session.stream(unit.select(), stream::beforeRow)) {
            try {
                return stream.handOn(rows);
            } catch (RuntimeException | Error failed) {
                pipeline.failure().report(failed);
                throw failed;
            }
        }
    }
}
