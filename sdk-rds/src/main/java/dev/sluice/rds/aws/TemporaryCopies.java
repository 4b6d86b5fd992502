// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.PollPace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.SourceType;
import software.amazon.awssdk.services.rds.model.Tag;

/** Looks at the copy of a cluster that a run has made for a while, and at nobody else's. Changes nothing. Thread-safe. */
public final class TemporaryCopies {
    /**
     * The event has no category, so that a filter by category hides it.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Replication.MySQL.SettingUp.html">AWS: a snapshot
     *     of the replication source</a>
     */
    private static final Pattern RECOVERED =
            Pattern.compile(".*[Bb]inlog position from crash recovery is (\\S+) (\\d+).*", Pattern.DOTALL);

    /** Events are kept for fourteen days, and AWS refuses to look further back. */
    private static final Duration KEPT = Duration.ofDays(13);

    private final AwsClients clients;

    /** With these clients, which stay the caller's to close. */
    public TemporaryCopies(AwsClients clients) {
        this.clients = clients;
    }

    /** How often AWS is asked for what takes its time. */
    public PollPace pace() {
        return clients.pace();
    }

    /**
     * The status of the run's cluster snapshot; empty if there is none.
     *
     * @throws dev.sluice.api.error.StepException if AWS cannot be asked, somebody else has made it, or it is in a state from which no snapshot
     *     becomes available
     */
    public Optional<String> snapshotStatus(AwsPlace place, RunId run) {
        String id = Temporary.name(run);
        Optional<String> status =
                asking(place, run, "DescribeDBClusterSnapshots", client -> snapshot(client, id, run.value()));
        if (status.filter(TemporaryCopies::isLost).isPresent()) {
            throw new StepRefusedException(Problem.of(
                    AwsErrorCode.TERMINAL_STATE, "The cluster snapshot " + id + " is in state " + status.get()));
        }
        return status;
    }

    /** AWS names more states than those of its documents, and all that pass end in -ing. */
    private static boolean isLost(String status) {
        return status.equals("deleting") || !(status.equals("available") || status.endsWith("ing"));
    }

    /**
     * The run's cluster; empty if there is none.
     *
     * @throws dev.sluice.api.error.StepException if AWS cannot be asked, or somebody else has made it
     */
    public Optional<RdsCluster> cluster(AwsPlace place, RunId run) {
        return asking(place, run, "DescribeDBClusters", client -> cluster(client, Temporary.name(run), run.value()));
    }

    /**
     * The run's instance; empty if there is none.
     *
     * @throws dev.sluice.api.error.StepException if AWS cannot be asked, or somebody else has made it
     */
    public Optional<RdsInstance> instance(AwsPlace place, RunId run) {
        String id = Temporary.name(run);
        return asking(
                place,
                run,
                "DescribeDBInstances",
                client -> TemporaryInstance.find(client, id)
                        .map(found -> found.orThrowIfNotOf(Temporary.runOf(id)).instance()));
    }

    /**
     * Where the binary log of the cluster that was copied stood at the moment of the copy, as the copy's writer tells it in an event once it
     * has started; empty as long as it has not, and for ever if no binary log was written at that moment.
     *
     * @throws dev.sluice.api.error.StepException if AWS cannot be asked
     */
    public Optional<BinlogPosition> recoveredPosition(AwsPlace place, RunId run) {
        return asking(
                place,
                run,
                "DescribeEvents",
                client -> recovered(client, Temporary.name(run), Instant.now().minus(KEPT)));
    }

    /**
     * The same told by an instance of this name.
     *
     * @param since earlier events are those of others, who had the name before
     */
    static Optional<BinlogPosition> recovered(RdsClient client, String instance, Instant since) {
        return client
                .describeEventsPaginator(request -> request.sourceIdentifier(instance)
                        .sourceType(SourceType.DB_INSTANCE)
                        .startTime(since))
                .events()
                .stream()
                .filter(event -> instance.equalsIgnoreCase(event.sourceIdentifier()))
                .map(Event::message)
                .map(RECOVERED::matcher)
                .filter(Matcher::matches)
                .map(found -> new BinlogPosition(found.group(1), Long.parseLong(found.group(2))))
                .findFirst();
    }

    static Optional<String> snapshot(RdsClient client, String id, String run) {
        try {
            return client
                    .describeDBClusterSnapshots(request -> request.dbClusterSnapshotIdentifier(id))
                    .dbClusterSnapshots()
                    .stream()
                    .findFirst()
                    .map(found -> status(found, id, run));
        } catch (DbClusterSnapshotNotFoundException none) {
            return Optional.empty();
        }
    }

    private static String status(DBClusterSnapshot snapshot, String id, String run) {
        requireOurs(snapshot.tagList(), "The cluster snapshot " + id, run);
        return snapshot.status();
    }

    static Optional<RdsCluster> cluster(RdsClient client, String id, String run) {
        try {
            return client.describeDBClusters(request -> request.dbClusterIdentifier(id)).dbClusters().stream()
                    .findFirst()
                    .map(found -> ours(found, id, run));
        } catch (DbClusterNotFoundException none) {
            return Optional.empty();
        }
    }

    private static RdsCluster ours(DBCluster cluster, String id, String run) {
        requireOurs(cluster.tagList(), "The cluster " + id, run);
        return RdsCluster.of(cluster);
    }

    private static void requireOurs(List<Tag> tags, String what, String run) {
        boolean ours =
                tags.stream().anyMatch(tag -> Temporary.TAG.equals(tag.key()) && run.equalsIgnoreCase(tag.value()));
        if (!ours) {
            throw new StepRefusedException(Problem.of(
                    TemporaryCode.NOT_OURS, what + " does not carry the tag " + Temporary.TAG + "='" + run + "'"));
        }
    }

    private <T> Optional<T> asking(AwsPlace place, RunId run, String what, Function<RdsClient, Optional<T>> look) {
        try {
            return look.apply(clients.rds(place));
        } catch (SdkException failure) {
            throw AwsFailures.whileReading(failure, what + " for " + Temporary.name(run) + " in " + place);
        }
    }
}
