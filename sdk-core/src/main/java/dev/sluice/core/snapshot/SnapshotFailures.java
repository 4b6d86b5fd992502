// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.ServerErrorCode;
import dev.sluice.core.mysql.SqlFailures;
import java.util.EnumSet;
import java.util.Set;

/** Says what a failed read means for a snapshot. Thread-safe: no state. */
public final class SnapshotFailures {
    /**
     * Table definition has changed; no such database, column, table, view or partition any more.
     *
     * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/innodb-consistent-read.html">MySQL: DDL and consistent reads</a>
     */
    private static final Set<Integer> CHANGED = Set.of(1412, 1049, 1054, 1146, 1735);

    private static final Set<ServerErrorCode> ENDED = EnumSet.of(
            ServerErrorCode.CONNECTION_LOST,
            ServerErrorCode.SHUTTING_DOWN,
            ServerErrorCode.IDLE_TOO_LONG,
            ServerErrorCode.CONNECTION_NOT_USABLE);

    private SnapshotFailures() {}

    /**
     * What to throw when reading a table of a snapshot failed: TABLE_CHANGED if DDL came between, SNAPSHOT_LOST if the session is
     * gone, otherwise the failure itself.
     *
     * @param server what people call the server
     */
    public static StepException reading(TableName table, StepException failure, String server) {
        boolean changed = SqlFailures.serverError(failure)
                .filter(error -> CHANGED.contains(error.number()))
                .isPresent();
        if (changed) {
            return new StepRefusedException(
                    Problem.of(
                            SnapshotErrorCode.TABLE_CHANGED,
                            "DDL changed table " + table + " on " + server
                                    + " after the snapshot and before it was read"),
                    failure);
        }
        return lost(failure, server);
    }

    /** SNAPSHOT_LOST if the session is gone, otherwise the failure itself. */
    static StepException lost(StepException failure, String server) {
        if (failure.code() instanceof ServerErrorCode code && ENDED.contains(code)) {
            return new StepRefusedException(
                    Problem.of(SnapshotErrorCode.SNAPSHOT_LOST, "A session of the snapshot on " + server + " ended"),
                    failure);
        }
        return failure;
    }
}
