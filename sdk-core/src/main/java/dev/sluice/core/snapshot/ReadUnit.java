// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlSession;
import java.util.Collection;

/**
 * A stretch of reading in one session of a snapshot. Within it the tables that were read cannot be changed by DDL; closing it
 * lets go of them and keeps the snapshot. Not thread-safe.
 *
 * <p>Rows count only after {@link #confirm}: a table that was renamed away and replaced between the snapshot and the reading, as
 * gh-ost and pt-online-schema-change do, and on 5.7 a truncated one, reads without an error, but not as it was. What such a table
 * is cannot change within the unit any more, so that one look at its end proves all that was read in it.
 */
public final class ReadUnit implements AutoCloseable {
    private final MySqlSession session;
    private final TableIdentities identities;
    private final PresentTables present;
    private final Runnable end;
    private boolean open = true;

    ReadUnit(MySqlSession session, TableIdentities identities, PresentTables present, Runnable end) {
        this.session = session;
        this.identities = identities;
        this.present = present;
        this.end = end;
        run(SnapshotStatements.BEGIN_UNIT);
    }

    private void run(String statement) {
        try {
            session.query(statement);
        } catch (StepException failure) {
            throw SnapshotFailures.lost(failure, session.server());
        }
    }

    /** The session to read with, until the unit is closed. */
    public MySqlSession session() {
        return session;
    }

    /**
     * Proves that what was read from these tables in this unit is what the snapshot holds. Asks in another session, at the cost of an
     * index lookup a table; before 8.0.13, and for tables with unusual names or in shared tablespaces, about a millisecond for every 200 tables
     * of the server, so that small tables are best confirmed many at once.
     *
     * @throws StepRefusedException TABLE_CHANGED if one of them is another table by now: what was read is worth nothing
     * @throws StepException if that cannot be found out
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled
     */
    public void confirm(Collection<TableName> tables, Cancellation cancellation) {
        TableIdentities now = present.identities(tables, cancellation);
        for (TableName table : tables) {
            if (!identities.isSame(table, now)) {
                throw new StepRefusedException(Problem.of(
                        SnapshotErrorCode.TABLE_CHANGED,
                        "Table " + table + " on " + session.server()
                                + " was replaced or truncated after the snapshot"));
            }
        }
    }

    /**
     * Lets go of the tables that were read so far; the unit goes on.
     *
     * @throws StepRefusedException SNAPSHOT_LOST if the session has ended
     */
    public void letGo() {
        run(SnapshotStatements.END_UNIT);
    }

    /**
     * Ends the unit. A second call does nothing.
     *
     * @throws StepRefusedException SNAPSHOT_LOST if the session has ended
     */
    @Override
    public void close() {
        if (open) {
            open = false;
            try {
                run(SnapshotStatements.END_UNIT);
            } finally {
                end.run();
            }
        }
    }
}
