// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.PollPace;
import dev.sluice.rds.aws.GroupOwner.Level;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.SourceType;

/** Looks at clusters and parameter groups through the RDS API, page by page. Changes nothing. Thread-safe. */
public final class RdsLooks {
    private final AwsClients clients;

    /** With these clients, which stay the caller's to close. */
    public RdsLooks(AwsClients clients) {
        this.clients = clients;
    }

    /** How often AWS is asked for what takes its time. */
    public PollPace pace() {
        return clients.pace();
    }

    /**
     * What AWS says about a cluster.
     *
     * @throws StepException if it cannot be asked, or there is no such cluster
     */
    public RdsCluster cluster(AwsPlace place, String id) {
        return described(place, id, RdsCluster::of);
    }

    /**
     * What AWS itself lets a cluster replicate from, by its ARN; empty for a cluster that AWS lets follow nobody.
     *
     * @throws StepException if it cannot be asked, or there is no such cluster
     */
    public Optional<String> replicationSource(AwsPlace place, String id) {
        return described(
                place,
                id,
                cluster -> Optional.ofNullable(cluster.replicationSourceIdentifier())
                        .filter(arn -> !arn.isEmpty()));
    }

    /**
     * Whether a cluster's storage is encrypted.
     *
     * @throws StepException if it cannot be asked, or there is no such cluster
     */
    public boolean isEncrypted(AwsPlace place, String id) {
        return described(place, id, cluster -> Boolean.TRUE.equals(cluster.storageEncrypted()));
    }

    private <T> T described(AwsPlace place, String id, Function<DBCluster, T> view) {
        String what = "DescribeDBClusters for " + id + " in " + place;
        return reading(what, () -> {
            try {
                return clients
                        .rds(place)
                        .describeDBClusters(request -> request.dbClusterIdentifier(id))
                        .dbClusters()
                        .stream()
                        .findFirst()
                        .map(view)
                        .orElseThrow(() -> noCluster(place, id));
            } catch (DbClusterNotFoundException none) {
                throw noCluster(place, id);
            }
        });
    }

    private static StepRefusedException noCluster(AwsPlace place, String id) {
        return new StepRefusedException(
                Problem.of(AwsErrorCode.NOT_FOUND, "No cluster is called " + id + " in " + place));
    }

    /**
     * The parameters of a group that somebody has set; empty if there is no such group.
     *
     * @throws StepException if AWS cannot be asked
     */
    public Optional<Map<String, String>> parameters(GroupOwner owner, String group) {
        String what = "The parameters of group " + group + " in " + owner.place();
        return reading(what, () -> {
            try {
                return Optional.of(userParameters(clients.rds(owner.place()), owner.level(), group));
            } catch (DbParameterGroupNotFoundException none) {
                return Optional.empty();
            }
        });
    }

    /**
     * The status of the snapshot that a run has taken of its replica, to come back to; empty if there is none.
     *
     * @throws StepException if AWS cannot be asked, or somebody else has taken it
     */
    public Optional<String> safetySnapshotStatus(GroupOwner owner, RunId run) {
        String id = SafetySnapshotCalls.name(run);
        return reading("The snapshot " + id + " in " + owner.place(), () -> {
            RdsClient client = clients.rds(owner.place());
            return owner.level() == Level.CLUSTER
                    ? TemporaryCopies.snapshot(client, id, run.value())
                    : MadeInstances.snapshot(client, id, run.value()).map(DBSnapshot::status);
        });
    }

    /** The parameter group that an instance or a cluster has, or will have once it is done changing; {@code ""} if none is told. */
    public String attachedGroup(GroupOwner owner) {
        return owner.level() == Level.CLUSTER
                ? cluster(owner.place(), owner.identifier()).orThrowIfTerminal().parameterGroup()
                : instance(owner).orThrowIfTerminal().parameterGroup();
    }

    /** Whether AWS is done with changing it. */
    public boolean isAvailable(GroupOwner owner) {
        return owner.level() == Level.CLUSTER
                ? cluster(owner.place(), owner.identifier()).orThrowIfTerminal().isAvailable()
                : instance(owner).orThrowIfTerminal().isAvailable();
    }

    /**
     * What AWS has been asked to change of it and has not changed yet, by the API's names.
     *
     * @throws StepException if AWS cannot be asked, or has nothing of this name
     */
    public Set<String> pendingChanges(GroupOwner owner) {
        return owner.level() == Level.CLUSTER
                ? cluster(owner.place(), owner.identifier()).pendingChanges()
                : instance(owner).pendingChanges();
    }

    /** That pending changes would be taken along by one that is made at once. */
    public static Problem wouldBeTakenAlong(String identifier, Set<String> pendingChanges) {
        return Problem.of(
                AwsErrorCode.CHANGES_PENDING,
                "These changes of " + identifier + " wait for a maintenance window and would take effect at once: "
                        + String.join(", ", new TreeSet<>(pendingChanges)));
    }

    /**
     * Who else has a parameter group, by identifier and in order.
     *
     * @throws StepException if AWS cannot be asked
     */
    public List<String> othersWith(GroupOwner owner, String group) {
        return reading("Who has the parameter group " + group + " in " + owner.place(), () -> {
            RdsClient client = clients.rds(owner.place());
            Stream<String> all = owner.level() == Level.CLUSTER ? clusters(client, group) : instances(client, group);
            return all.filter(id -> !id.equalsIgnoreCase(owner.identifier()))
                    .sorted()
                    .toList();
        });
    }

    private static Stream<String> clusters(RdsClient client, String group) {
        return client.describeDBClustersPaginator().dbClusters().stream()
                .filter(cluster -> group.equalsIgnoreCase(cluster.dbClusterParameterGroup()))
                .map(DBCluster::dbClusterIdentifier);
    }

    private static Stream<String> instances(RdsClient client, String group) {
        return client.describeDBInstancesPaginator().dbInstances().stream()
                .filter(instance -> instance.dbParameterGroups().stream()
                        .anyMatch(one -> group.equalsIgnoreCase(one.dbParameterGroupName())))
                .map(DBInstance::dbInstanceIdentifier);
    }

    /** Whether an instance is being rebooted right now. */
    boolean isRebooting(GroupOwner instance) {
        return instance(instance).orThrowIfTerminal().status().equals("rebooting");
    }

    /**
     * What the events of the last days say about failovers of an instance or a cluster, oldest first.
     *
     * @param since from when on
     * @throws StepException if AWS cannot be asked
     */
    public List<String> failovers(GroupOwner owner, Instant since) {
        SourceType type = owner.level() == Level.CLUSTER ? SourceType.DB_CLUSTER : SourceType.DB_INSTANCE;
        return reading(
                "DescribeEvents for " + owner.identifier() + " in " + owner.place(),
                () -> clients
                        .rds(owner.place())
                        .describeEventsPaginator(request -> request.sourceIdentifier(owner.identifier())
                                .sourceType(type)
                                .startTime(since))
                        .events()
                        .stream()
                        .filter(RdsLooks::isOfFailover)
                        .sorted(Comparator.comparing(Event::date))
                        .map(event -> event.date() + " " + event.message())
                        .toList());
    }

    /** By its category, or by its words: not all events have the one or the other. */
    private static boolean isOfFailover(Event event) {
        return event.eventCategories().contains("failover")
                || event.message().toLowerCase(Locale.ROOT).contains("failover");
    }

    private RdsInstance instance(GroupOwner owner) {
        return new RdsControlPlane(clients).instance(owner.place(), owner.identifier());
    }

    private static Map<String, String> userParameters(RdsClient client, Level level, String group) {
        Map<String, String> values = new TreeMap<>();
        if (level == Level.CLUSTER) {
            client.describeDBClusterParametersPaginator(request ->
                            request.dbClusterParameterGroupName(group).source("user"))
                    .parameters()
                    .forEach(one -> put(values, one));
        } else {
            client.describeDBParametersPaginator(
                            request -> request.dbParameterGroupName(group).source("user"))
                    .parameters()
                    .forEach(one -> put(values, one));
        }
        return values;
    }

    private static void put(Map<String, String> values, Parameter parameter) {
        if (parameter.parameterValue() != null) {
            values.put(parameter.parameterName(), parameter.parameterValue());
        }
    }

    private static <T> T reading(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException failure) {
            throw AwsFailures.whileReading(failure, what);
        }
    }
}
