// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Statement.CoordinatesHole;
import dev.sluice.api.operation.Statement.IntervalHole;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.core.mysql.SnapshotGtids;
import dev.sluice.core.mysql.Sql;
import dev.sluice.rds.managed.ManagedDialect.GtidSeeding;
import java.util.Optional;

/**
 * The replica counts the snapshot's transactions as done, so that following GTIDs it fetches what comes after them. Aurora takes the set as
 * a whole, RDS interval by interval. What the replica has already is left out, since both refuse what overlaps with it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/mysql-stored-proc-gtid.html">AWS: mysql.rds_gtid_purged</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-gtid.html">AWS:
 *     mysql.rds_set_external_source_gtid_purged</a>
 */
final class GtidSeed {
    static final String TAKE_OVER = "take-over-gtids";

    private GtidSeed() {}

    /** Whether the replica follows GTIDs: the plan comes to that, and the replica has the procedures for it. */
    static boolean isTaken(StepContext context) {
        ManagedDialect dialect = ManagedDialect.of(context.replica());
        return context.positioning() == Positioning.GTID
                && (isKept(context) ? dialect.autoPosition().isPresent() : dialect.followsGtids());
    }

    /** A replica that the plan creates is a copy, and counts what the copy holds already. */
    private static boolean isKept(StepContext context) {
        return context.replica().isExpected();
    }

    static StepDraft addTo(StepDraft draft, StepContext context) {
        if (!isTaken(context)) {
            return context.positioning() == Positioning.GTID
                    ? draft.note(
                            "Both servers have GTIDs, but this replica cannot be told which of them the snapshot holds: it starts"
                                    + " by file and position.")
                    : draft;
        }
        if (isKept(context)) {
            return draft.note("The replica counts the snapshot's transactions as done, since it is a copy.");
        }
        OperationInfo info = OperationInfo.changing(
                TAKE_OVER, Target.REPLICA, "let the replica count the snapshot's transactions as done");
        boolean whole = ManagedDialect.of(context.replica()).gtidSeeding() == GtidSeeding.SET;
        StepDraft more = draft.and(
                        whole
                                ? ManagedDialect.call(info, ManagedDialect.GTID_PURGED, wholeSet())
                                : ManagedDialect.call(info, ManagedDialect.GTID_PURGED_INTERVAL, eachInterval()))
                .note("gtid_purged cannot be undone: these GTIDs stay with the replica.");
        return whole ? more : tags(context).map(more::problem).orElse(more);
    }

    private static Statement wholeSet() {
        return Sql.text("CALL mysql." + ManagedDialect.GTID_PURGED + "(CONCAT('+', GTID_SUBTRACT(")
                .coordinates(Slot.SNAPSHOT_COORDINATES, CoordinatesHole.Field.GTID_SET)
                .text(", @@GLOBAL.gtid_executed)))")
                .build();
    }

    private static Statement eachInterval() {
        return Sql.text("CALL mysql." + ManagedDialect.GTID_PURGED_INTERVAL + "(")
                .interval(Slot.SNAPSHOT_COORDINATES, IntervalHole.IntervalField.SERVER_UUID)
                .text(", ")
                .interval(Slot.SNAPSHOT_COORDINATES, IntervalHole.IntervalField.FIRST)
                .text(", ")
                .interval(Slot.SNAPSHOT_COORDINATES, IntervalHole.IntervalField.LAST)
                .text(")")
                .build();
    }

    private static Optional<Problem> tags(StepContext context) {
        boolean tagged = MySqlGtidSet.parse(context.source().gtidExecuted()).intervals().keySet().stream()
                .anyMatch(key -> key.indexOf(':') >= 0);
        return tagged
                ? Optional.of(Problem.of(
                        ManagedErrorCode.GTID_NOT_SEEDED,
                        "The source's GTIDs have tags, which mysql." + ManagedDialect.GTID_PURGED_INTERVAL
                                + " does not take"))
                : Optional.empty();
    }

    /**
     * Whether the replica still lacks transactions of the snapshot.
     *
     * @throws StepRefusedException if it would skip transactions that the snapshot does not hold, or if nobody knows which it holds
     */
    static boolean isMissing(LiveContext context) {
        SnapshotGtids gtids = SnapshotGtids.of(context);
        requireNotAhead(context, gtids);
        if (!isTaken(context)) {
            return false;
        }
        if (gtids.held().isEmpty()) {
            throw new StepRefusedException(
                    Problem.of(
                            ManagedErrorCode.GTID_NOT_SEEDED,
                            "The snapshot's coordinates have no GTIDs: following GTIDs, the replica would fetch everything again"));
        }
        return !gtids.areThere();
    }

    /** Also where file and position are followed: a transaction whose GTID the replica has is skipped there, too. */
    private static void requireNotAhead(LiveContext context, SnapshotGtids gtids) {
        MySqlGtidSet ahead =
                gtids.skipped(context.source().serverUuid(), context.replica().serverUuid());
        if (!ahead.isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    ManagedErrorCode.REPLICA_AHEAD,
                    "The replica has GTIDs that may still come from the source and that the snapshot does not hold, and would"
                            + " skip these transactions: " + ahead));
        }
    }
}
