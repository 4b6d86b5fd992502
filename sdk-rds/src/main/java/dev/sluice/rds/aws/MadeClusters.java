// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;

/** Looks at clusters that runs make to be replicas. Changes nothing. Thread-safe. */
public final class MadeClusters {
    /** Events are kept for fourteen days, and AWS refuses to look further back. */
    private static final Duration KEPT = Duration.ofDays(13);

    private final AwsClients clients;

    /** With these clients, which stay the caller's to close. */
    public MadeClusters(AwsClients clients) {
        this.clients = clients;
    }

    /**
     * A cluster, and who made it.
     *
     * @param cluster as AWS tells it
     * @param made by its tags
     */
    public record Made(RdsCluster cluster, MadeFrom made) {
        private static Made of(DBCluster cluster) {
            Instant created = cluster.clusterCreateTime();
            return new Made(
                    RdsCluster.of(cluster),
                    MadeFrom.of(
                            cluster.tagList(), created == null ? Instant.now().minus(KEPT) : created));
        }
    }

    /**
     * The cluster of this name, whoever made it; empty if there is none.
     *
     * @throws dev.sluice.api.error.StepException if AWS cannot be asked
     */
    public Optional<Made> find(AwsPlace place, String id) {
        return asking(place, "DescribeDBClusters for " + id, client -> find(client, id));
    }

    private static Optional<Made> find(RdsClient client, String id) {
        try {
            return client.describeDBClusters(request -> request.dbClusterIdentifier(id)).dbClusters().stream()
                    .findFirst()
                    .map(Made::of);
        } catch (DbClusterNotFoundException none) {
            return Optional.empty();
        }
    }

    /**
     * The cluster that this run has made; empty if there is none of the name.
     *
     * @throws dev.sluice.api.error.StepException if AWS cannot be asked, or somebody else has made it
     */
    public Optional<Made> ofRun(AwsPlace place, String id, RunId run) {
        return asking(
                place,
                "DescribeDBClusters for " + id,
                client -> TemporaryCopies.cluster(client, id, run.value()).flatMap(ours -> find(client, id)));
    }

    /**
     * An instance that this run has made; empty if there is none of the name.
     *
     * @throws dev.sluice.api.error.StepException if AWS cannot be asked, or somebody else has made it
     */
    public Optional<RdsInstance> instanceOfRun(AwsPlace place, String id, RunId run) {
        return asking(
                place,
                "DescribeDBInstances for " + id,
                client -> TemporaryInstance.find(client, id)
                        .map(found -> found.orThrowIfNotOf(run.value()).instance()));
    }

    /**
     * Where the binary log of the cluster that was copied stood at the moment of the copy, as the copy's first instance tells it in an event;
     * empty as long as it has not, and for ever if no binary log was written at that moment.
     *
     * @param since when the copy was begun: an earlier event is that of another instance of the same name
     * @throws dev.sluice.api.error.StepException if AWS cannot be asked
     */
    public Optional<BinlogPosition> recoveredPosition(AwsPlace place, String instance, Instant since) {
        Instant earliest = Instant.now().minus(KEPT);
        Instant from = since.isBefore(earliest) ? earliest : since;
        return asking(
                place, "DescribeEvents for " + instance, client -> TemporaryCopies.recovered(client, instance, from));
    }

    private <T> Optional<T> asking(AwsPlace place, String what, Function<RdsClient, Optional<T>> look) {
        try {
            return look.apply(clients.rds(place));
        } catch (SdkException failure) {
            throw AwsFailures.whileReading(failure, what + " in " + place);
        }
    }
}
