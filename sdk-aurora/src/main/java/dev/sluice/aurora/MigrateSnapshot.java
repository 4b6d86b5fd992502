// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
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
import dev.sluice.rds.aws.AwsEndpoint;
import dev.sluice.rds.aws.MadeClusters;
import dev.sluice.rds.aws.MadeClusters.Made;
import dev.sluice.rds.aws.MadeInstances;
import dev.sluice.rds.aws.RdsInstance;
import dev.sluice.rds.aws.ReplicaClusterCalls;
import dev.sluice.rds.managed.ByHand;
import dev.sluice.rds.managed.CopiedEvents;
import dev.sluice.rds.managed.CopiedServer;
import dev.sluice.rds.managed.StepLook;
import dev.sluice.rds.managed.StillSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The replica is a new cluster, made from a snapshot of the source's temporary read replica, which stood at the snapshot's coordinates before
 * the snapshot was taken and still does when it is finished: nothing is copied.
 */
final class MigrateSnapshot implements Step {
    private static final String CREATE = "create-cluster";
    private static final String AWAIT = "wait-for-cluster";
    private static final String WRITER = "create-writer";
    private static final String AWAIT_WRITER = "wait-for-writer";

    private final @Nullable MadeClusters made;
    private final @Nullable MadeInstances instances;

    MigrateSnapshot(@Nullable MadeClusters made, @Nullable MadeInstances instances) {
        this.made = made;
        this.instances = instances;
    }

    static AwsEndpoint source(StepContext context) {
        if (context.replication().source() instanceof AwsEndpoint instance) {
            return instance;
        }
        throw new IllegalArgumentException("Not an instance of RDS for MySQL: "
                + context.replication().source().label());
    }

    @Override
    public StepKey key() {
        return AuroraEngine.key("create-cluster-from-db-snapshot");
    }

    @Override
    public GuideStep row() {
        return GuideStep.LOAD;
    }

    private static ReplicaClusterCalls calls(StepContext context) {
        NewAuroraCluster replica = CreateCluster.replica(context);
        return new ReplicaClusterCalls(
                replica.place(), replica.clusterIdentifier(), source(context).identifier(), replica.shape());
    }

    @Override
    public StepDraft compile(StepContext context) {
        ReplicaClusterCalls calls = calls(context);
        Duration deadline = context.replication().deadlines().getOrDefault(GuideStep.LOAD, CopyCluster.DEADLINE);
        StepDraft draft = StepDraft.of();
        for (Operation operation : StillSnapshot.operations(calls.place(), deadline, isByHand())) {
            draft = draft.and(operation);
        }
        StepDraft cluster = draft.and(cluster(calls));
        StepDraft whole = (isByHand() ? cluster : cluster.and(await(AWAIT, "the cluster is available", deadline)))
                .and(calls.writerLikeInstance(CreateCluster.creatingWriter(calls)))
                .and(await(AWAIT_WRITER, "its writer is available and holds what the snapshot held", deadline));
        for (Operation operation : CopiedEvents.operations(context)) {
            whole = whole.and(operation);
        }
        return (isByHand() ? ByHand.noted(whole) : whole)
                .note(
                        "Nothing is copied: the replica begins as a copy of the whole source, with its accounts and their passwords, the"
                                + " master user's included.")
                .note(
                        "It stays when the run succeeds; a cancel and an abandonment delete it, if it carries the run's tag.")
                .note(
                        "What the replica will say about itself is not known yet: its settings are taken from its source, its procedures"
                                + " are those that Aurora documents for the version, and are looked at before any is called.");
    }

    private boolean isByHand() {
        return made == null || instances == null;
    }

    private static ControlPlaneOperation cluster(ReplicaClusterCalls calls) {
        OperationInfo deletion =
                OperationInfo.changing("delete-cluster", Target.REPLICA, "delete the cluster that this run created");
        OperationInfo info = OperationInfo.changing(CREATE, Target.REPLICA, "create the replica's cluster")
                .undoneBy(Undo.byCall(UndoScope.ROLLBACK, calls.deleteCluster(deletion)));
        return calls.migrated(info);
    }

    private static Operation await(String id, String condition, Duration deadline) {
        return new WaitOperation(
                OperationInfo.reading(id, Target.REPLICA, "wait until " + condition), condition, deadline);
    }

    @Override
    public Look look(LiveContext context) {
        return made == null || instances == null ? lookByHand(context) : look(context, made, instances);
    }

    private static Look lookByHand(LiveContext context) {
        Optional<Look> untold = ByHand.untold(context);
        if (context.told(CREATE).isEmpty()) {
            StillSnapshot.requireStill(context);
        }
        if (untold.isPresent()) {
            return untold.get();
        }
        try {
            return judged(context);
        } catch (StepUnavailableException away) {
            return ByHand.from(context, "the new cluster does not answer", AWAIT_WRITER);
        }
    }

    private static Look look(LiveContext context, MadeClusters made, MadeInstances instances) {
        ReplicaClusterCalls calls = calls(context);
        Optional<Made> cluster = made.ofRun(calls.place(), calls.id(), context.run());
        if (cluster.isEmpty()) {
            List<String> missing = new ArrayList<>(StillSnapshot.missing(context, instances, calls.place()));
            missing.addAll(from(context, CREATE));
            return StepLook.missing(context, "there is no cluster " + calls.id(), missing);
        }
        if (!cluster.get().cluster().orThrowIfTerminal().isAvailable()) {
            String status = cluster.get().cluster().status();
            return StepLook.missing(context, "the cluster is " + status, from(context, AWAIT));
        }
        return writerLook(context, made.instanceOfRun(calls.place(), calls.writerId(), context.run()));
    }

    /** Everything that was compiled from this operation on. */
    private static List<String> from(LiveContext context, String first) {
        return context.step().operations().stream()
                .map(Operation::id)
                .dropWhile(id -> !id.equals(first))
                .toList();
    }

    private static Look writerLook(LiveContext context, Optional<RdsInstance> writer) {
        if (writer.isEmpty()) {
            return StepLook.missing(context, "the cluster has no writer", from(context, WRITER));
        }
        if (!writer.get().orThrowIfTerminal().isAvailable()) {
            return StepLook.missing(context, "the writer is " + writer.get().status(), from(context, AWAIT_WRITER));
        }
        return judged(context);
    }

    private static Look judged(LiveContext context) {
        CopiedServer copy = new CopiedServer(context);
        copy.requireUsable();
        copy.requireTransactionsOfSnapshot();
        copy.requireProcedures();
        List<String> events = CopiedEvents.missing(context);
        if (!events.isEmpty()) {
            return StepLook.missing(context, events.size() + " events are enabled", events);
        }
        return Look.done("the cluster holds what the source had at "
                + StillSnapshot.coordinates(context).position());
    }
}
