// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.rds.aws.MadeClusters;
import dev.sluice.rds.aws.MadeClusters.Made;
import dev.sluice.rds.aws.RdsInstance;
import dev.sluice.rds.aws.ReplicaClusterCalls;
import dev.sluice.rds.aws.Temporary;
import dev.sluice.rds.managed.CopiedEvents;
import dev.sluice.rds.managed.CopiedServer;
import dev.sluice.rds.managed.StepLook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The replica is made with the source's data, and its first instance tells where in the source's log it begins: nothing is copied. */
final class CreateCluster implements Step {
    private static final String CREATE = "create-cluster";
    private static final String AWAIT = "wait-for-cluster";
    private static final String WRITER = "create-writer";
    private static final String TELL = "tell-where-it-begins";

    private final ClusterCopy.Origin origin;
    private final MadeClusters made;

    CreateCluster(ClusterCopy.Origin origin, MadeClusters made) {
        this.origin = origin;
        this.made = made;
    }

    static NewAuroraCluster replica(StepContext context) {
        if (context.replication().replica() instanceof NewAuroraCluster created) {
            return created;
        }
        throw new IllegalArgumentException(
                "Not to be created: " + context.replication().replica().label());
    }

    @Override
    public StepKey key() {
        return AuroraEngine.key(
                origin == ClusterCopy.Origin.CLONE ? "create-cluster-as-clone" : "create-cluster-from-snapshot");
    }

    @Override
    public GuideStep row() {
        return GuideStep.LOAD;
    }

    static ReplicaClusterCalls calls(StepContext context) {
        NewAuroraCluster replica = replica(context);
        return new ReplicaClusterCalls(
                replica.place(),
                replica.clusterIdentifier(),
                CopyCluster.source(context).clusterIdentifier(),
                replica.shape());
    }

    @Override
    public StepDraft compile(StepContext context) {
        ReplicaClusterCalls calls = calls(context);
        Duration deadline = context.replication().deadlines().getOrDefault(GuideStep.LOAD, CopyCluster.DEADLINE);
        StepDraft draft = StepDraft.of(
                cluster(origin, calls),
                await(AWAIT, "the cluster is available", deadline, List.of()),
                calls.writer(creatingWriter(calls)),
                await(
                        TELL,
                        "its writer tells the binary log position from its crash recovery",
                        deadline,
                        List.of(Slot.SNAPSHOT_COORDINATES)));
        for (Operation operation : CopiedEvents.operations(context)) {
            draft = draft.and(operation);
        }
        return draft.note(
                        "Nothing is copied: the replica begins as a copy of the whole source, with its accounts and their passwords, the"
                                + " master user's included, and the source's setting of how long binary logs are retained.")
                .note(
                        "It stays when the run succeeds; a cancel and an abandonment delete it, if it carries the run's tag.")
                .note("What the replica will say about itself is not known yet and is taken from its source.");
    }

    static ControlPlaneOperation cluster(ClusterCopy.Origin origin, ReplicaClusterCalls calls) {
        OperationInfo deletion =
                OperationInfo.changing("delete-cluster", Target.REPLICA, "delete the cluster that this run created");
        OperationInfo info = OperationInfo.changing(CREATE, Target.REPLICA, "create the replica's cluster")
                .undoneBy(Undo.byCall(UndoScope.ROLLBACK, calls.deleteCluster(deletion)));
        return origin == ClusterCopy.Origin.CLONE ? calls.cloned(info) : calls.restored(info, Temporary.NAME);
    }

    static OperationInfo creatingWriter(ReplicaClusterCalls calls) {
        OperationInfo deletion =
                OperationInfo.changing("delete-writer", Target.REPLICA, "delete the writer that this run created");
        return OperationInfo.changing(WRITER, Target.REPLICA, "give it a writer")
                .undoneBy(Undo.byCall(UndoScope.ROLLBACK, calls.deleteWriter(deletion)));
    }

    private static Operation await(String id, String condition, Duration deadline, List<Slot<?>> fills) {
        return new WaitOperation(
                OperationInfo.reading(id, Target.REPLICA, "wait until " + condition), condition, deadline, fills);
    }

    @Override
    public Look look(LiveContext context) {
        ReplicaClusterCalls calls = calls(context);
        Optional<Made> cluster = made.ofRun(calls.place(), calls.id(), context.run());
        if (cluster.isEmpty()) {
            return missing(context, "there is no cluster " + calls.id(), CREATE);
        }
        String status = cluster.get().cluster().orThrowIfTerminal().status();
        return cluster.get().cluster().isAvailable()
                ? writerLook(context, made, calls, cluster.get())
                : missing(context, "the cluster is " + status, AWAIT);
    }

    private static Look writerLook(LiveContext context, MadeClusters made, ReplicaClusterCalls calls, Made cluster) {
        Optional<RdsInstance> writer = made.instanceOfRun(calls.place(), calls.writerId(), context.run())
                .map(RdsInstance::orThrowIfTerminal);
        if (writer.isEmpty()) {
            return missing(context, "the cluster has no writer", WRITER);
        }
        if (!writer.get().isAvailable()) {
            return missing(context, "the writer is " + writer.get().status(), TELL);
        }
        // AWS forgets its events after fourteen days, and the journal does not.
        Optional<BinlogPosition> told = context.coordinates()
                .map(Coordinates::position)
                .or(() -> made.recoveredPosition(
                        calls.place(), calls.writerId(), cluster.made().created()));
        return told.map(position -> judged(context, position))
                .orElseGet(() -> missing(context, "the writer has told no position yet", TELL));
    }

    private static Look judged(LiveContext context, BinlogPosition position) {
        new CopiedServer(context).requireUsable();
        List<String> events = CopiedEvents.missing(context);
        if (!events.isEmpty()) {
            return StepLook.missing(context, events.size() + " events are enabled", events);
        }
        return new RecoveredCopy(context, context.replicaSession()).look(position);
    }

    /** Everything that was compiled from this operation on. */
    private static Look missing(LiveContext context, String evidence, String first) {
        List<String> ids = context.step().operations().stream()
                .map(Operation::id)
                .dropWhile(id -> !id.equals(first))
                .toList();
        return StepLook.missing(context, evidence, ids);
    }
}
