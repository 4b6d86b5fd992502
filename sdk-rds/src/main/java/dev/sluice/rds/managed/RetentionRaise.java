// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.SharedRetention;
import java.time.Duration;
import java.util.Optional;

/**
 * How a plan raises the retention of the source's binary logs and lowers it again when the replica has caught up.
 *
 * @param before hours that the source keeps its logs, empty for as long as AWS likes
 * @param raised hours that it is set to
 * @param relaxed hours that it goes down to
 */
record RetentionRaise(Optional<Long> before, long raised, long relaxed) {
    /** Empty if the plan asks for none, the source keeps its logs long enough, or the replica follows already. */
    static Optional<RetentionRaise> of(StepContext context, ManagedKind kind) {
        Optional<Long> before = RetentionConfiguration.retentionHours(context.source());
        return context.replication()
                .binlogRetention()
                .map(Duration::toHours)
                .filter(wanted -> !context.alreadyReplicating())
                .map(wanted -> Math.min(wanted, kind.mostRetentionHours()))
                .filter(wanted -> before.filter(has -> has >= wanted).isEmpty())
                .map(wanted -> of(
                        before,
                        wanted,
                        RetentionConfiguration.raisedByOthers(context.source()),
                        context.replication().retentionWhileReplicating().toHours()));
    }

    /**
     * The way back to what it was before, left to another run where one needs the logs as well.
     *
     * @param query reads what is set
     * @param set what this run has set, in hours
     */
    Undo undo(UndoScope scope, String query, long set) {
        return new Undo(
                scope,
                "restore the retention of binary logs: " + RetentionConfiguration.text(before),
                RetentionConfiguration.set(before),
                new OnlyIf(SharedRetention.unlessNeeded(query), Long.toString(set)));
    }

    /** What another run has raised further is not lowered. */
    private static RetentionRaise of(Optional<Long> before, long wanted, long byOthers, long whileReplicating) {
        long floor = Math.min(whileReplicating, wanted);
        return new RetentionRaise(before, Math.max(wanted, byOthers), Math.max(floor, before.orElse(0L)));
    }
}
