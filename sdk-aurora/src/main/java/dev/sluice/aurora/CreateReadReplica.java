// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.ReplicaHealth;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.rds.aws.MadeClusters;
import dev.sluice.rds.aws.MadeClusters.Made;
import dev.sluice.rds.aws.RdsInstance;
import dev.sluice.rds.aws.ReadReplicaCalls;
import dev.sluice.rds.aws.ReplicaClusterCalls;
import dev.sluice.rds.managed.ByHand;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The replica is made by AWS in another region, with the source's data, and follows the source from its first moment on. Without clients a
 * person makes it, and the server that answers says itself whom it follows, and that AWS lets it.
 */
final class CreateReadReplica implements Step {
    private static final String CREATE = "create-cluster";
    private static final String AWAIT = "wait-for-cluster";
    private static final String WRITER = "create-writer";
    private static final String FOLLOW = "wait-until-it-follows";

    private final @Nullable MadeClusters made;
    private final PollPace pace;

    CreateReadReplica(@Nullable MadeClusters made, PollPace pace) {
        this.made = made;
        this.pace = pace;
    }

    static NewAuroraReadReplica replica(StepContext context) {
        if (context.replication().replica() instanceof NewAuroraReadReplica created) {
            return created;
        }
        throw new IllegalArgumentException("No read replica that is to be created: "
                + context.replication().replica().label());
    }

    @Override
    public StepKey key() {
        return AuroraEngine.key("create-read-replica");
    }

    @Override
    public GuideStep row() {
        return GuideStep.LOAD;
    }

    @Override
    public PollPace pace() {
        return pace;
    }

    private static ReadReplicaCalls calls(StepContext context) {
        NewAuroraReadReplica replica = replica(context);
        AuroraMySql source = CopyCluster.source(context);
        return new ReadReplicaCalls(
                new ReplicaClusterCalls(
                        replica.place(),
                        source.place(),
                        replica.clusterIdentifier(),
                        source.clusterIdentifier(),
                        replica.shape()),
                replica.kmsKey().orElse(null));
    }

    @Override
    public StepDraft compile(StepContext context) {
        ReadReplicaCalls calls = calls(context);
        Duration deadline = context.replication().deadlines().getOrDefault(GuideStep.LOAD, CopyCluster.DEADLINE);
        StepDraft draft = StepDraft.of(calls.create(creating(calls)));
        // Nobody who cannot ask AWS sees a cluster before it has an instance.
        StepDraft there = made == null ? draft : draft.and(await(AWAIT, "the cluster is available", deadline));
        StepDraft whole = there.and(calls.writer(creatingWriter(calls)))
                .and(await(FOLLOW, "the replica answers, and follows the source", deadline));
        return (made == null ? ByHand.noted(whole) : whole)
                .note(
                        "Nothing is copied by this JVM: AWS takes the data to the other region, with all accounts and their passwords.")
                .note(
                        "It stays when the run succeeds; a cancel and an abandonment promote and delete it, if it carries the run's tag.")
                .note("What the replica will say about itself is not known yet and is taken from its source.");
    }

    private static OperationInfo creating(ReadReplicaCalls calls) {
        OperationInfo deletion =
                OperationInfo.changing("delete-cluster", Target.REPLICA, "delete the cluster that this run created");
        return OperationInfo.changing(CREATE, Target.REPLICA, "have AWS make the replica in its region")
                .undoneBy(Undo.byCall(UndoScope.ROLLBACK, calls.deleteCluster(deletion)));
    }

    /** AWS does not delete the last instance of a cluster that follows another one. Undos are played newest first. */
    private static OperationInfo creatingWriter(ReadReplicaCalls calls) {
        OperationInfo deletion =
                OperationInfo.changing("delete-writer", Target.REPLICA, "delete the writer that this run created");
        OperationInfo promotion = OperationInfo.changing(
                "promote", Target.REPLICA, "end the replication to the cluster, so that its writer can be deleted");
        return OperationInfo.changing(WRITER, Target.REPLICA, "give it a writer")
                .undoneBy(Undo.byCall(UndoScope.ROLLBACK, calls.deleteWriter(deletion)))
                .undoneBy(Undo.byCall(UndoScope.ROLLBACK, calls.promoteOwn(promotion)));
    }

    private static Operation await(String id, String condition, Duration deadline) {
        return new WaitOperation(
                OperationInfo.reading(id, Target.REPLICA, "wait until " + condition), condition, deadline);
    }

    @Override
    public Look look(LiveContext context) {
        return made == null ? lookAtServer(context, CREATE) : look(context, made);
    }

    private static Look look(LiveContext context, MadeClusters made) {
        ReplicaClusterCalls calls = calls(context).cluster();
        Optional<Made> cluster = made.ofRun(calls.place(), calls.id(), context.run());
        if (cluster.isEmpty()) {
            return missing(context, "there is no cluster " + calls.id(), CREATE);
        }
        if (!cluster.get().cluster().orThrowIfTerminal().isAvailable()) {
            return missing(context, "the cluster is " + cluster.get().cluster().status(), AWAIT);
        }
        Optional<RdsInstance> writer = made.instanceOfRun(calls.place(), calls.writerId(), context.run())
                .map(RdsInstance::orThrowIfTerminal);
        if (writer.isEmpty()) {
            return missing(context, "the cluster has no writer", WRITER);
        }
        return writer.get().isAvailable()
                ? lookAtServer(context, FOLLOW)
                : missing(context, "the writer is " + writer.get().status(), FOLLOW);
    }

    /** @param first what is to be done, and all that comes after it, if nothing answers */
    private static Look lookAtServer(LiveContext context, String first) {
        try {
            Optional<ReplicaStatus> status = new ReadReplicaStatus(context).read();
            status.filter(found -> found.health() == ReplicaHealth.APPLIER_FAILED)
                    .ifPresent(found -> {
                        throw new StepRefusedException(Problem.of(ReadReplicaCode.BROKEN, found.reason()));
                    });
            return status.map(ReplicaStatus::source)
                    .filter(source -> !source.uuid().isEmpty())
                    .map(source -> Look.done("AWS has made it, and lets it follow " + source.host()))
                    .orElseGet(() -> missing(context, "AWS has not let it follow the source yet", FOLLOW));
        } catch (StepUnavailableException away) {
            return missing(context, "the replica does not answer", first);
        }
    }

    private static Look missing(LiveContext context, String evidence, String first) {
        return ByHand.from(context, evidence, first);
    }
}
