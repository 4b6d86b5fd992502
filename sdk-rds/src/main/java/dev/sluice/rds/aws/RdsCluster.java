// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;

/**
 * A DB cluster as {@code DescribeDBClusters} tells it. Immutable and thread-safe.
 *
 * @param id its identifier
 * @param status such as {@code available}
 * @param engine {@code aurora-mysql}, or that of a Multi-AZ DB cluster
 * @param engineMode {@code provisioned}, or {@code serverless} for Aurora Serverless v1
 * @param engineVersion such as {@code 8.0.mysql_aurora.3.08.0}
 * @param parameterGroup the DB cluster parameter group, {@code ""} if none is told
 * @param addressOrNull see {@link #address()}
 * @param members its instances
 * @param pendingChanges the API's names of what AWS has been asked to change and has not changed yet
 * @param resourceId what AWS calls it for as long as it exists, whatever it is renamed to; {@code ""} if it is not told
 */
public record RdsCluster(
        String id,
        String status,
        String engine,
        String engineMode,
        String engineVersion,
        String parameterGroup,
        @Nullable ServerAddress addressOrNull,
        List<Member> members,
        Set<String> pendingChanges,
        String resourceId) {
    private static final Set<String> TERMINAL =
            Set.of("deleting", "inaccessible-encryption-credentials", "cloning-failed", "migration-failed", "failed");

    public RdsCluster {
        members = List.copyOf(members);
        pendingChanges = Set.copyOf(pendingChanges);
    }

    /**
     * An instance of the cluster.
     *
     * @param id its identifier
     * @param isWriter whether AWS says that it writes; while the writer moves, the servers themselves know better
     * @param parameterGroupStatus of the cluster's parameter group on it: {@code in-sync}, {@code pending-reboot} or {@code applying}
     */
    public record Member(String id, boolean isWriter, String parameterGroupStatus) {
        private static Member of(DBClusterMember member) {
            return new Member(
                    text(member.dbInstanceIdentifier()),
                    Boolean.TRUE.equals(member.isClusterWriter()),
                    text(member.dbClusterParameterGroupStatus()));
        }
    }

    static RdsCluster of(DBCluster cluster) {
        return new RdsCluster(
                text(cluster.dbClusterIdentifier()),
                text(cluster.status()),
                text(cluster.engine()),
                text(cluster.engineMode()),
                text(cluster.engineVersion()),
                text(cluster.dbClusterParameterGroup()),
                address(cluster),
                cluster.dbClusterMembers().stream().map(Member::of).toList(),
                PendingChanges.named(cluster.pendingModifiedValues()),
                text(cluster.dbClusterResourceId()));
    }

    private static @Nullable ServerAddress address(DBCluster cluster) {
        Integer port = cluster.port();
        return cluster.endpoint() == null || port == null ? null : new ServerAddress(cluster.endpoint(), port);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** The cluster endpoint, which follows the writer; empty as long as it is being created. */
    public Optional<ServerAddress> address() {
        return Optional.ofNullable(addressOrNull);
    }

    /** The instance that writes; empty as long as there is none. */
    public Optional<Member> writer() {
        return members.stream().filter(Member::isWriter).findFirst();
    }

    /** Whether AWS is done with it. */
    public boolean isAvailable() {
        return status.equals("available");
    }

    /** Whether it is Aurora MySQL, and not a Multi-AZ DB cluster or Aurora PostgreSQL. */
    public boolean isAuroraMySql() {
        return engine.toLowerCase(Locale.ROOT).equals("aurora-mysql")
                || engine.toLowerCase(Locale.ROOT).equals("aurora");
    }

    /** Whether it is Aurora Serverless v1, which replicates in no direction; v2 is provisioned. */
    public boolean isServerlessV1() {
        return engineMode.equals("serverless");
    }

    /**
     * This cluster, if waiting for it makes sense.
     *
     * @throws StepRefusedException if it is in a state that does not pass
     */
    public RdsCluster orThrowIfTerminal() {
        if (TERMINAL.contains(status) || status.startsWith("incompatible-") || status.endsWith("-failed")) {
            throw new StepRefusedException(
                    Problem.of(AwsErrorCode.TERMINAL_STATE, "The cluster " + id + " is in state " + status));
        }
        return this;
    }
}
