// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Statement.CoordinatesHole.Field;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.SnapshotGtids;
import dev.sluice.core.mysql.Sql;
import java.util.List;

/**
 * The replica counts the snapshot's transactions as done, so that following GTIDs it fetches what comes after them. From 8.0 on they
 * are added to those that it has. MySQL 5.7 takes them only while it has none, so that its own are wiped first, with its binary
 * logs.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-options-gtids.html">MySQL: gtid_purged</a>
 */
final class GtidTakeover {
    static final String RESET = "reset-binlogs";
    static final String TAKE_OVER = "take-over-gtids";

    private GtidTakeover() {}

    static StepDraft addTo(StepDraft draft, StepContext context) {
        if (context.positioning() != Positioning.GTID) {
            return draft;
        }
        ServerFacts replica = context.replica();
        Dialect dialect = Dialect.of(replica.version());
        StepDraft more = dialect.addsToGtidPurged() ? draft : reset(draft, replica, dialect);
        SqlOperation takeOver = new SqlOperation(
                OperationInfo.changing(
                        TAKE_OVER, Target.REPLICA, "let the replica count the snapshot's transactions as done"),
                takeOver(dialect));
        return more.and(takeOver)
                .needs(new RequiredPrivilege(Target.REPLICA, dialect.variableAdminPrivileges(), "to set gtid_purged"))
                .note("gtid_purged cannot be undone: these GTIDs stay with the replica.");
    }

    private static StepDraft reset(StepDraft draft, ServerFacts replica, Dialect dialect) {
        if (!replica.attachedReplicas().isEmpty()) {
            return draft.problem(Problem.of(
                    ExternalErrorCode.REPLICA_HAS_REPLICAS,
                    "MySQL " + replica.version()
                            + " takes GTIDs over only after its own binary logs are reset, and servers "
                            + replica.attachedReplicas() + " follow the replica " + replica.address()));
        }
        OperationInfo info = OperationInfo.changing(
                        RESET,
                        Target.REPLICA,
                        "wipe the replica's own binary logs and GTIDs (withBinlogPosition() does without)")
                .disruptiveWith(Consent.RESET_REPLICA_BINLOGS);
        return draft.and(new SqlOperation(info, Statement.of(dialect.resetBinlogsAndGtids())))
                .needs(new RequiredPrivilege(Target.REPLICA, List.of("RELOAD"), "to reset the replica's binary logs"))
                .note("The reset of the replica's binary logs cannot be undone.");
    }

    private static Statement takeOver(Dialect dialect) {
        if (!dialect.addsToGtidPurged()) {
            return Sql.text("SET GLOBAL gtid_purged = ")
                    .coordinates(Slot.SNAPSHOT_COORDINATES, Field.GTID_SET)
                    .build();
        }
        // A set that overlaps with what the server has is refused (3546), also what an earlier run left there.
        return Sql.text("SET GLOBAL gtid_purged = CONCAT('+', GTID_SUBTRACT(")
                .coordinates(Slot.SNAPSHOT_COORDINATES, Field.GTID_SET)
                .text(", @@GLOBAL.gtid_executed))")
                .build();
    }

    /**
     * The operations that are still to be done on a replica whose channel is not configured yet.
     *
     * @throws StepRefusedException if the replica would skip transactions that the snapshot does not hold
     */
    static List<String> missing(LiveContext context) {
        SnapshotGtids gtids = SnapshotGtids.of(context);
        requireNotAhead(context, gtids);
        if (context.positioning() != Positioning.GTID) {
            return List.of();
        }
        if (gtids.held().isEmpty()) {
            throw new StepRefusedException(
                    Problem.of(
                            ExternalErrorCode.GTIDS_UNKNOWN,
                            "The snapshot's coordinates have no GTIDs: following GTIDs, the replica would fetch everything again"));
        }
        if (gtids.areThere()) {
            return List.of();
        }
        boolean reset = !Dialect.of(context.replica().version()).addsToGtidPurged()
                && !gtids.executed().isEmpty();
        return reset ? List.of(RESET, TAKE_OVER) : List.of(TAKE_OVER);
    }

    /** Also where file and position are followed: a transaction whose GTID the replica has is skipped there, too. */
    private static void requireNotAhead(LiveContext context, SnapshotGtids gtids) {
        MySqlGtidSet ahead =
                gtids.skipped(context.source().serverUuid(), context.replica().serverUuid());
        if (!ahead.isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    ExternalErrorCode.REPLICA_AHEAD,
                    "The replica has GTIDs that may still come from the source and that the snapshot does not hold, and would"
                            + " skip these transactions: " + ahead));
        }
    }
}
