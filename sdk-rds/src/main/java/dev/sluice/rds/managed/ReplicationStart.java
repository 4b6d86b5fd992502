// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.Sql;
import dev.sluice.rds.managed.ManagedWish.UntilGtids;
import dev.sluice.rds.managed.ManagedWish.UntilPosition;

/** Starts replication, for good or up to the point that the plan names. */
final class ReplicationStart {
    static final String STOP_HALF = "stop-what-half-runs";
    static final String START = "start-replication";

    private ReplicationStart() {}

    static StepDraft addTo(StepDraft draft, ManagedKind kind, StepContext context) {
        OperationInfo info = OperationInfo.changing(START, Target.REPLICA, "start replication")
                .undoneBy(new Undo(
                        UndoScope.ROLLBACK,
                        "stop replication",
                        Statement.of("CALL mysql." + ManagedDialect.STOP),
                        Channel.wantedBy(context).stillThere(context.replica())));
        StepDraft stopped = draft.and(stopHalf());
        if (kind.wish(context, UntilPosition.class).isPresent()) {
            UntilPosition until = kind.wish(context, UntilPosition.class).get();
            return stopped.and(ManagedDialect.call(info, ManagedDialect.START_UNTIL, call(until)));
        }
        return kind.wish(context, UntilGtids.class)
                .map(until -> stopped.and(ManagedDialect.call(info, ManagedDialect.START_UNTIL_GTID, call(until))))
                .orElseGet(() -> stopped.and(ManagedDialect.call(info, ManagedDialect.START)));
    }

    static dev.sluice.api.operation.ProcedureOperation stopHalf() {
        return ManagedDialect.call(
                OperationInfo.changing(STOP_HALF, Target.REPLICA, "stop replication, if only half of it runs"),
                ManagedDialect.STOP);
    }

    private static Statement call(UntilPosition until) {
        return Sql.text("CALL mysql." + ManagedDialect.START_UNTIL + "(")
                .literal(until.position().file())
                .text(", ")
                .number(until.position().position())
                .text(")")
                .build();
    }

    private static Statement call(UntilGtids until) {
        return Sql.text("CALL mysql." + ManagedDialect.START_UNTIL_GTID + "(")
                .literal(until.gtids().toString())
                .text(")")
                .build();
    }

    /** Whether the plan names a point, and the replica has come to it. */
    static boolean hasReachedItsPoint(ManagedKind kind, StepContext context, ReplicaStatus status) {
        return kind.wish(context, UntilPosition.class)
                        .filter(until -> status.hasApplied(until.position()))
                        .isPresent()
                || kind.wish(context, UntilGtids.class)
                        .filter(until -> status.executed().contains(until.gtids()))
                        .isPresent();
    }
}
