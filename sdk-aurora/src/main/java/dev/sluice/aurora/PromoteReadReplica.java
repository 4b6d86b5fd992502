// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.rds.aws.RdsCluster;
import dev.sluice.rds.aws.RdsLooks;
import dev.sluice.rds.aws.ReadReplicaCalls;
import dev.sluice.rds.managed.StepLook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * AWS replicates to the cluster no more, for good: it is a cluster of its own. Neither stopping nor resetting by procedures brings that about.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_PromoteReadReplicaDBCluster.html">AWS:
 *     PromoteReadReplicaDBCluster</a>
 */
final class PromoteReadReplica implements Step {
    private static final String PROMOTE = "promote";
    private static final String AWAIT = "wait-until-promoted";
    private static final Duration DEADLINE = Duration.ofHours(2);

    private final @Nullable RdsLooks looks;

    PromoteReadReplica(@Nullable RdsLooks looks) {
        this.looks = looks;
    }

    @Override
    public StepKey key() {
        return AuroraEngine.key("promote-read-replica");
    }

    @Override
    public GuideStep row() {
        return GuideStep.RESET_REPLICA;
    }

    @Override
    public PollPace pace() {
        return looks == null ? PollPace.OF_SERVERS : looks.pace();
    }

    @Override
    public StepDraft compile(StepContext context) {
        AuroraCluster replica = replica(context);
        OperationInfo info = OperationInfo.changing(
                        PROMOTE, Target.REPLICA, "promote the replica, which ends AWS's replication to it for good")
                .disruptiveWith(Consent.REPLICA_PROMOTION);
        return StepDraft.of(
                        ReadReplicaCalls.promote(info, replica.place(), replica.clusterIdentifier()),
                        new WaitOperation(
                                OperationInfo.reading(AWAIT, Target.REPLICA, "wait until it is promoted"),
                                "the replica is available, and follows nobody",
                                DEADLINE))
                .note("This cannot be undone: AWS lets no cluster that has data follow another one.")
                .note(
                        "What the replica has not received by then stays away: stop the writers, and see it caught up, before.");
    }

    private static AuroraCluster replica(StepContext context) {
        return (AuroraCluster) context.plan().replica();
    }

    @Override
    public Look look(LiveContext context) {
        if (looks == null) {
            return lookAtServer(context, List.of(PROMOTE, AWAIT));
        }
        AuroraCluster replica = replica(context);
        RdsCluster cluster =
                looks.cluster(replica.place(), replica.clusterIdentifier()).orThrowIfTerminal();
        if (!cluster.isAvailable()) {
            return StepLook.missing(context, "the cluster is " + cluster.status(), List.of(AWAIT));
        }
        return looks.replicationSource(replica.place(), replica.clusterIdentifier())
                .map(arn -> StepLook.missing(context, "AWS lets it follow " + arn, List.of(PROMOTE, AWAIT)))
                .orElseGet(() -> lookAtServer(context, List.of(AWAIT)));
    }

    /** @param missing what is still to be done if it follows somebody */
    private static Look lookAtServer(LiveContext context, List<String> missing) {
        try {
            Optional<ReplicaStatus> status = ReplicaStatusReader.readDefault(
                    context.replicaSession(), Dialect.of(context.replica().version()));
            return status.map(ReplicaStatus::source)
                    .map(source -> StepLook.missing(context, "it follows " + source.host(), missing))
                    .orElseGet(() -> Look.done("the replica is promoted, and follows nobody"));
        } catch (StepUnavailableException away) {
            // AWS may restart it for this.
            return StepLook.missing(context, "the replica does not answer", List.of(AWAIT));
        }
    }
}
