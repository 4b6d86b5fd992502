// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.rds.aws.AwsErrorCode;
import dev.sluice.rds.aws.SafetySnapshotCalls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot of the loaded replica before it is pointed at its source, where the plan asks for it: AWS advises one, since whoever wants to begin
 * again can begin there.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Replication.MySQL.html">AWS: replication between Aurora
 *     and MySQL</a>
 */
record SafetySnapshot(ManagedKind kind, ManagedGroups groups) {
    static final String TAKE = "take-safety-snapshot";
    static final String AWAIT = "wait-for-safety-snapshot";

    private static final Duration DEADLINE = Duration.ofHours(12);

    private boolean isWanted(StepContext context) {
        return kind.wish(context, ManagedWish.SafetySnapshot.class).isPresent();
    }

    private SafetySnapshotCalls calls(StepContext context) {
        return new SafetySnapshotCalls(groups.owner(context.replication().replica()));
    }

    /** The draft with these operations in the beginning. */
    StepDraft before(StepDraft draft, StepContext context) {
        if (!isWanted(context)) {
            return draft;
        }
        OperationInfo deletion = OperationInfo.changing(
                "delete-safety-snapshot", Target.REPLICA, "delete the snapshot of the loaded replica");
        OperationInfo info = OperationInfo.changing(TAKE, Target.REPLICA, "take a snapshot of the loaded replica")
                .undoneBy(Undo.byCall(UndoScope.ROLLBACK, calls(context).delete(deletion)));
        StepDraft taken = StepDraft.of(calls(context).take(info));
        String condition = "the snapshot of the replica is available";
        StepDraft begin = groups.looks().isEmpty()
                ? taken
                : taken.and(new WaitOperation(
                        OperationInfo.reading(AWAIT, Target.REPLICA, "wait until " + condition), condition, DEADLINE));
        StepDraft all = begin;
        for (var operation : draft.operations()) {
            all = all.and(operation);
        }
        return new StepDraft(all.operations(), draft.notes(), draft.problems(), draft.privileges())
                .note(
                        "The snapshot of the loaded replica stays when the run succeeds: delete it when nobody needs it.");
    }

    /** The operations of it that need not be done any more; none where nobody can be asked. */
    List<String> done(LiveContext context) {
        if (!isWanted(context) || groups.looks().isEmpty()) {
            return List.of();
        }
        Optional<String> status = groups.looks()
                .get()
                .safetySnapshotStatus(groups.owner(context.replication().replica()), context.run());
        if (status.filter("failed"::equals).isPresent()) {
            throw new StepRefusedException(
                    Problem.of(AwsErrorCode.TERMINAL_STATE, "The snapshot of the replica is in state failed"));
        }
        return status.map(now -> now.equals("available") ? List.of(TAKE, AWAIT) : List.of(TAKE))
                .orElse(List.of());
    }
}
