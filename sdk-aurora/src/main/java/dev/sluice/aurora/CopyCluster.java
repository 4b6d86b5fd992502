// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.rds.aws.AwsErrorCode;
import dev.sluice.rds.aws.AwsPlace;
import dev.sluice.rds.aws.RdsCluster;
import dev.sluice.rds.aws.RdsInstance;
import dev.sluice.rds.aws.TemporaryCalls;
import dev.sluice.rds.aws.TemporaryClusterCalls;
import dev.sluice.rds.aws.TemporaryCopies;
import dev.sluice.rds.managed.StepLook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A copy of the cluster is made for the run, by a snapshot or as a clone; its writer tells where the source's log stood. */
final class CopyCluster implements Step {
    private static final String SNAPSHOT = "create-cluster-snapshot";
    private static final String AWAIT_SNAPSHOT = "wait-for-snapshot";
    private static final String CLUSTER = "create-cluster";
    private static final String AWAIT_CLUSTER = "wait-for-cluster";
    private static final String WRITER = "create-writer";
    private static final String TELL = "tell-where-it-stands";

    /** A snapshot of many terabytes takes its time. */
    static final Duration DEADLINE = Duration.ofHours(12);

    private final ClusterCopy.Origin origin;
    private final TemporaryCopies copies;

    CopyCluster(ClusterCopy.Origin origin, TemporaryCopies copies) {
        this.origin = origin;
        this.copies = copies;
    }

    @Override
    public StepKey key() {
        return AuroraEngine.key(isClone() ? "clone-cluster" : "restore-cluster-snapshot");
    }

    private boolean isClone() {
        return origin == ClusterCopy.Origin.CLONE;
    }

    @Override
    public GuideStep row() {
        return GuideStep.SNAPSHOT;
    }

    static AuroraMySql source(StepContext context) {
        if (context.replication().source() instanceof AuroraMySql aurora) {
            return aurora;
        }
        throw new IllegalArgumentException("Not a cluster of Aurora MySQL: "
                + context.replication().source().label());
    }

    @Override
    public StepDraft compile(StepContext context) {
        AuroraMySql source = source(context);
        AwsPlace place = source.place();
        String id = source.clusterIdentifier();
        Duration deadline = context.replication().deadlines().getOrDefault(GuideStep.SNAPSHOT, DEADLINE);
        List<Operation> all = new ArrayList<>();
        if (!isClone()) {
            all.add(snapshot(place, id));
            all.add(await(AWAIT_SNAPSHOT, "the snapshot is available", deadline, List.of()));
        }
        all.add(cluster(origin, place, id));
        all.add(await(AWAIT_CLUSTER, "the copy is available", deadline, List.of()));
        all.add(writer(place, id));
        all.add(await(
                TELL,
                "the copy's writer tells the binary log position from its crash recovery",
                deadline,
                List.of(Slot.SNAPSHOT_COORDINATES)));
        return StepDraft.of(all.toArray(Operation[]::new))
                .note("No lock is taken on the source, and no row is read from it.")
                .note("The copy is deleted as soon as the load is done; on cancel and abandon as well.");
    }

    /** Takes the temporary snapshot. */
    static Operation snapshot(AwsPlace place, String id) {
        return TemporaryClusterCalls.snapshot(
                made(SNAPSHOT, "take a snapshot of the cluster", snapshotDeletion(place)), place, id);
    }

    /** Makes the temporary cluster, of the source or of its snapshot. */
    static Operation cluster(ClusterCopy.Origin origin, AwsPlace place, String id) {
        OperationInfo info = made(CLUSTER, "make a copy of the cluster for this run", clusterDeletion(place));
        return origin == ClusterCopy.Origin.CLONE
                ? TemporaryClusterCalls.cloned(info, place, id)
                : TemporaryClusterCalls.restore(info, place, id);
    }

    /** Gives the temporary cluster its writer. */
    static Operation writer(AwsPlace place, String id) {
        return TemporaryClusterCalls.writer(made(WRITER, "give the copy a writer", writerDeletion(place)), place, id);
    }

    private static OperationInfo made(String id, String purpose, ControlPlaneOperation deletion) {
        return OperationInfo.changing(id, Target.SOURCE, purpose).undoneBy(Undo.byCall(UndoScope.TEMPORARY, deletion));
    }

    static ControlPlaneOperation snapshotDeletion(AwsPlace place) {
        return TemporaryClusterCalls.deleteSnapshot(
                OperationInfo.changing("delete-cluster-snapshot", Target.SOURCE, "delete the temporary snapshot"),
                place);
    }

    private static ControlPlaneOperation clusterDeletion(AwsPlace place) {
        return TemporaryClusterCalls.deleteCluster(
                OperationInfo.changing("delete-cluster", Target.SOURCE, "delete the temporary cluster"), place);
    }

    private static ControlPlaneOperation writerDeletion(AwsPlace place) {
        return TemporaryCalls.deleteInstance(
                OperationInfo.changing("delete-writer", Target.SOURCE, "delete the temporary cluster's writer"), place);
    }

    private static Operation await(String id, String condition, Duration deadline, List<Slot<?>> fills) {
        return new WaitOperation(
                OperationInfo.reading(id, Target.SOURCE, "wait until " + condition), condition, deadline, fills);
    }

    @Override
    public PollPace pace() {
        return copies.pace();
    }

    @Override
    public Look look(LiveContext context) {
        AwsPlace place = source(context).place();
        Optional<RdsCluster> cluster = copies.cluster(place, context.run()).map(RdsCluster::orThrowIfTerminal);
        if (cluster.isEmpty()) {
            // Events may have come since the plan was compiled; what is not made need not be deleted.
            new StillCopy(context.sourceSession()).requireNoEvents("The source");
            return isClone()
                    ? missing(context, "there is no copy", CLUSTER, AWAIT_CLUSTER, WRITER, TELL)
                    : snapshotLook(context, copies.snapshotStatus(place, context.run()));
        }
        if (!cluster.get().isAvailable()) {
            return missing(context, "the copy is " + cluster.get().status(), AWAIT_CLUSTER, WRITER, TELL);
        }
        return writerLook(context, copies, place);
    }

    /** A snapshot that failed never becomes available. */
    static void requireNotFailed(String status) {
        if (status.equals("failed") || status.startsWith("incompatible-")) {
            throw new StepRefusedException(
                    Problem.of(AwsErrorCode.TERMINAL_STATE, "The cluster snapshot is in state " + status));
        }
    }

    private static Look snapshotLook(LiveContext context, Optional<String> status) {
        if (status.isEmpty()) {
            return missing(
                    context, "there is no snapshot", SNAPSHOT, AWAIT_SNAPSHOT, CLUSTER, AWAIT_CLUSTER, WRITER, TELL);
        }
        return status.get().equals("available")
                ? missing(context, "there is no copy", CLUSTER, AWAIT_CLUSTER, WRITER, TELL)
                : missing(
                        context,
                        "the snapshot is " + status.get(),
                        AWAIT_SNAPSHOT,
                        CLUSTER,
                        AWAIT_CLUSTER,
                        WRITER,
                        TELL);
    }

    private static Look writerLook(LiveContext context, TemporaryCopies copies, AwsPlace place) {
        RunId run = context.run();
        Optional<RdsInstance> writer = copies.instance(place, run).map(RdsInstance::orThrowIfTerminal);
        if (writer.isEmpty()) {
            return missing(context, "the copy has no writer", WRITER, TELL);
        }
        if (!writer.get().isAvailable()) {
            return missing(context, "the copy's writer is " + writer.get().status(), TELL);
        }
        // AWS forgets its events after fourteen days, and the journal does not.
        return context.coordinates()
                .map(Coordinates::position)
                .or(() -> copies.recoveredPosition(place, run))
                .map(position -> lookOfStill(context, position))
                .orElseGet(() -> missing(context, "the copy's writer has told no position yet", TELL));
    }

    /** Rows are read from it later, so that it must hold at that moment what it held when it was made. */
    private static Look lookOfStill(LiveContext context, BinlogPosition position) {
        StillCopy copy = new StillCopy(context.seedSession());
        copy.requireNoEvents("The copy");
        copy.requireUnchangedSince(position);
        return new RecoveredCopy(context, context.seedSession()).look(position);
    }

    private static Look missing(LiveContext context, String evidence, String... ids) {
        return StepLook.missing(context, evidence, List.of(ids));
    }
}
