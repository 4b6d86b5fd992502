// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.rds.aws.AwsErrorCode;
import dev.sluice.rds.aws.AwsPlace;
import dev.sluice.rds.aws.MadeInstances;
import dev.sluice.rds.aws.ReplicaInstanceCalls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A DB snapshot of the run's temporary read replica, which stood at the snapshot's coordinates before it was taken and still does when it is
 * finished. Both are looked at.
 */
public final class StillSnapshot {
    private static final String SNAPSHOT = "create-db-snapshot";
    private static final String AWAIT = "wait-for-snapshot";

    private StillSnapshot() {}

    /**
     * Takes it; it is deleted as soon as the load is done.
     *
     * @param byHand whether a person does, who says when it is available
     */
    public static List<Operation> operations(AwsPlace place, Duration deadline, boolean byHand) {
        OperationInfo deletion =
                OperationInfo.changing("delete-db-snapshot", Target.SOURCE, "delete the temporary DB snapshot");
        OperationInfo info = OperationInfo.changing(
                        SNAPSHOT, Target.SOURCE, "take a snapshot of the temporary read replica, which stands still")
                .undoneBy(Undo.byCall(UndoScope.TEMPORARY, ReplicaInstanceCalls.deleteSnapshot(deletion, place)));
        ControlPlaneOperation snapshot = ReplicaInstanceCalls.snapshot(info, place);
        String condition = "the snapshot is available";
        return byHand
                ? List.of(snapshot)
                : List.of(
                        snapshot,
                        new WaitOperation(
                                OperationInfo.reading(AWAIT, Target.SOURCE, "wait until " + condition),
                                condition,
                                deadline));
    }

    /**
     * The operations that it still takes; empty once it is there.
     *
     * @throws StepRefusedException if the read replica has moved, or the snapshot failed
     */
    public static List<String> missing(LiveContext context, MadeInstances made, AwsPlace place) {
        requireStill(context, coordinates(context).position());
        Optional<String> status = made.snapshotStatus(place, context.run());
        if (status.isEmpty()) {
            return List.of(SNAPSHOT, AWAIT);
        }
        if (status.get().equals("failed")) {
            throw new StepRefusedException(
                    Problem.of(AwsErrorCode.TERMINAL_STATE, "The DB snapshot is in state " + status.get()));
        }
        return status.get().equals("available") ? List.of() : List.of(AWAIT);
    }

    /**
     * That the read replica still stands there, while a person takes it.
     *
     * @throws StepRefusedException if it has moved
     */
    public static void requireStill(LiveContext context) {
        requireStill(context, coordinates(context).position());
    }

    /** Where the read replica stood when the row SNAPSHOT was done. */
    public static Coordinates coordinates(LiveContext context) {
        return context.coordinates()
                .orElseThrow(() -> new IllegalStateException("The row SNAPSHOT has told no coordinates"));
    }

    private static void requireStill(LiveContext context, BinlogPosition expected) {
        Optional<ReplicaStatus> status = ReplicaStatusReader.readDefault(
                context.seedSession(), Dialect.of(context.source().version()));
        boolean still = status.filter(found -> !found.applier().isRunning())
                .flatMap(found -> found.applier().applied())
                .filter(expected::equals)
                .isPresent();
        if (!still) {
            throw new StepRefusedException(Problem.of(
                    CreationCode.MOVED,
                    "The temporary read replica stood at " + expected + ", and now: "
                            + status.map(ReplicaStatus::reason).orElse("it has no source any more")));
        }
    }
}
