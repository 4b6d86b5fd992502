// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.secret.Secret;
import dev.sluice.rds.aws.AwsPlace;
import dev.sluice.rds.aws.CopyShape;
import dev.sluice.rds.managed.ManagedEndpoint;
import dev.sluice.rds.managed.ManagedServer;
import dev.sluice.rds.managed.ManagedSteps;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A DB cluster of Aurora MySQL in another region than its source, an Aurora cluster, that the plan creates and to which AWS itself replicates;
 * made by {@link AuroraMySql#newReadReplica}. Every method returns a new endpoint and leaves this one unchanged. Holds no password. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * var replica = AuroraMySql.newReadReplica("orders-us").region("us-east-1").instanceClass("db.r6g.large")
 *         .credentials("admin", Secret.env("AURORA_PASSWORD"));
 * ReplicationPlan plan = ReplicationPlan.from(source).to(replica);
 * }</pre>
 *
 * <p>AWS makes the copy, the replication account and the way between the regions, and looks after all of it: {@code mysql.rds_set_external_…}
 * is refused there. So a plan about it has no account, no scope and no options of the replica. Its replication is ended by an end plan, for
 * good, by promotion: {@code Consent.REPLICA_PROMOTION}.
 *
 * <p><b>Effect of a run:</b> a cluster of this identifier and its instance {@code <identifier>-instance-1}, with the tags {@code sluice-run} and
 * {@code sluice-source}. A success leaves them; a cancel and an abandonment promote and delete them, and nothing that does not carry the run's
 * tag. A plan that runs again finds them and makes nothing twice.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Replication.CrossRegion.html">AWS: replicating Aurora
 *     MySQL clusters across regions</a>
 */
@CheckReturnValue
public final class NewAuroraReadReplica extends ManagedEndpoint implements AuroraCluster {
    private final ManagedServer server;
    private final CopyShape shape;
    private final @Nullable String kmsKey;

    NewAuroraReadReplica(ManagedServer server, CopyShape shape, @Nullable String kmsKey) {
        super(server);
        this.server = requireNonNull(server, "server");
        this.shape = requireNonNull(shape, "shape");
        this.kmsKey = kmsKey;
        var unused = NewAuroraCluster.checked(server.identifier());
        if (shape.instanceClass().isEmpty()) {
            throw new IllegalArgumentException("The class of the instance of " + server.label() + " is missing");
        }
    }

    private NewAuroraReadReplica with(ManagedServer other) {
        return new NewAuroraReadReplica(other, shape, kmsKey);
    }

    private NewAuroraReadReplica with(CopyShape other) {
        return new NewAuroraReadReplica(server, other, kmsKey);
    }

    /**
     * Its DB cluster parameter group, in its region. It has to have the GTID mode of the source's. <b>When not called:</b> AWS's default one, in
     * which there are no GTIDs and no binary log.
     */
    public NewAuroraReadReplica parameterGroup(String name) {
        return with(shape.withParameterGroup(name));
    }

    /** Its DB subnet group, in its region. <b>When not called:</b> that of the region's default VPC. */
    public NewAuroraReadReplica subnetGroup(String name) {
        return with(shape.withSubnetGroup(name));
    }

    /** Its VPC security groups, by id, in its region. <b>When not called:</b> that of the region's default VPC. */
    public NewAuroraReadReplica securityGroups(String first, String... more) {
        return with(shape.withSecurityGroups(
                Stream.concat(Stream.of(first), Stream.of(more)).toList()));
    }

    /**
     * The key of its region that its storage is encrypted with: an id, an ARN or an alias. Has to be given if the source's storage is encrypted.
     * <b>When not called:</b> the storage is not encrypted.
     *
     * @throws IllegalArgumentException if it is blank or has control characters
     */
    public NewAuroraReadReplica kmsKey(String key) {
        if (key.isBlank() || key.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("Not a key: '" + key + "'");
        }
        return new NewAuroraReadReplica(server, shape, key);
    }

    /**
     * In another account than the one of the default credentials: the name under which its clients were given to {@code AwsClients}. It has
     * to be the source's. <b>When not called:</b> the default account.
     *
     * @throws IllegalArgumentException if the name has other characters than letters, digits and {@code _ . @ -}
     */
    public NewAuroraReadReplica account(String name) {
        return with(server.account(name));
    }

    /**
     * Where it will answer, as <em>this JVM</em> sees it. <b>When not called:</b> looked up by {@code DescribeDBClusters}, which needs an engine
     * with clients.
     *
     * @throws IllegalArgumentException if the host is no name or IP address, or the port not 1 to 65535
     */
    public NewAuroraReadReplica at(String host, int port) {
        return with(server.at(host, port));
    }

    /**
     * How this JVM's connections are encrypted. <b>When not called:</b> {@link Tls#required()}, encrypted and not verified.
     *
     * @see AuroraMySql#tls
     */
    public NewAuroraReadReplica tls(Tls how) {
        return with(server.tls(how));
    }

    /**
     * Connects through the host application's own {@code ConnectionSource} of this name, given to {@code Sluice.builder()}. <b>When not
     * called:</b> an ordinary connection to the address.
     */
    public NewAuroraReadReplica connectingThrough(String name) {
        return with(server.connectingThrough(name));
    }

    @Override
    public boolean isCreatedByPlan() {
        return true;
    }

    /** {@link AuroraSeed#READ_REPLICA}. */
    @Override
    public Optional<Seed> onlySeed() {
        return Optional.of(AuroraSeed.READ_REPLICA);
    }

    /** {@code rdsrepladmin}. */
    @Override
    public Optional<String> providersAccount() {
        return Optional.of(ManagedSteps.ACCOUNT_OF_AWS);
    }

    @Override
    public String clusterIdentifier() {
        return server.identifier();
    }

    /** All that it says about where it is. */
    ManagedServer server() {
        return server;
    }

    /** What it has of its own. */
    CopyShape shape() {
        return shape;
    }

    /** What its storage is encrypted with; empty if it is not. */
    Optional<String> kmsKey() {
        return Optional.ofNullable(kmsKey);
    }

    @Override
    public EngineId engine() {
        return AuroraEngine.ID;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NewAuroraReadReplica that
                && server.equals(that.server)
                && shape.equals(that.shape)
                && Objects.equals(kmsKey, that.kmsKey);
    }

    @Override
    public int hashCode() {
        return List.of(server, shape, kmsKey()).hashCode();
    }

    /** Kind, user and cluster. */
    @Override
    public String toString() {
        return server.describedAs("NewAuroraReadReplica");
    }

    /** A cluster whose region still has to be said. Not meant to be stored. Immutable and thread-safe. */
    @CheckReturnValue
    public static final class Named {
        private final String identifier;

        Named(String identifier) {
            this.identifier = NewAuroraCluster.checked(identifier);
        }

        /**
         * The region that it is created in, such as {@code us-east-1}: another one than the source's.
         *
         * @throws IllegalArgumentException if it is not written like a region
         */
        public Located region(String region) {
            return new Located(identifier, new AwsPlace(AwsPlace.DEFAULT_ACCOUNT, region));
        }
    }

    /** A cluster of which the class of its instance still has to be said. Not meant to be stored. Immutable and thread-safe. */
    @CheckReturnValue
    public static final class Located {
        private final String identifier;
        private final AwsPlace place;

        private Located(String identifier, AwsPlace place) {
            this.identifier = identifier;
            this.place = place;
        }

        /** The class of its instance, such as {@code db.r6g.large}; one that its region has. */
        public Sized instanceClass(String name) {
            return new Sized(identifier, place, CopyShape.AS_SOURCE.withInstanceClass(name));
        }
    }

    /** A cluster whose login still has to be said. Not meant to be stored. Immutable and thread-safe. */
    @CheckReturnValue
    public static final class Sized {
        private final String identifier;
        private final AwsPlace place;
        private final CopyShape shape;

        private Sized(String identifier, AwsPlace place, CopyShape shape) {
            this.identifier = identifier;
            this.place = place;
            this.shape = shape;
        }

        /**
         * Who this JVM logs in as: an account of the <em>source</em>, with its password there, since accounts come with the copy.
         *
         * @param password where the password is looked up at the moment of use
         */
        public NewAuroraReadReplica credentials(String user, Secret password) {
            return new NewAuroraReadReplica(
                    ManagedServer.of(identifier, place, new Credentials(user, password)), shape, null);
        }
    }
}
