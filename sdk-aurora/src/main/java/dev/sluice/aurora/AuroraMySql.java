// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.secret.Secret;
import dev.sluice.rds.aws.AwsEndpoint;
import dev.sluice.rds.aws.AwsPlace;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A DB cluster of Aurora MySQL, as a source or as a replica: always its writer, reached by the cluster endpoint. Every method returns a new endpoint and leaves this one unchanged. Holds no
 * password. Immutable and thread-safe.
 *
 * <pre>{@code
 * AuroraMySql replica = AuroraMySql.cluster("orders-prod").region("eu-west-1").credentials("admin", Secret.env("AURORA_PASSWORD"));
 * }</pre>
 */
@CheckReturnValue
public final class AuroraMySql implements SourceEndpoint, ReplicaEndpoint, AwsEndpoint {
    private final String cluster;
    private final AwsPlace place;
    private final Credentials credentials;
    private final Tls tls;
    private final @Nullable ServerAddress address;
    private final @Nullable ServerAddress addressForReplica;
    private final @Nullable String connectionSource;

    AuroraMySql(
            String cluster,
            AwsPlace place,
            Credentials credentials,
            Tls tls,
            @Nullable ServerAddress address,
            @Nullable ServerAddress addressForReplica,
            @Nullable String connectionSource) {
        this.cluster = Cluster.checked(cluster);
        this.place = requireNonNull(place, "place");
        this.credentials = requireNonNull(credentials, "credentials");
        this.tls = requireNonNull(tls, "tls");
        this.address = address;
        this.addressForReplica = addressForReplica;
        this.connectionSource = connectionSource;
    }

    /**
     * The cluster with this identifier, as the console shows it.
     *
     * @throws IllegalArgumentException if it is no identifier of a DB cluster: letters, digits and single dashes, at most 63
     */
    public static Cluster cluster(String identifier) {
        return new Cluster(identifier);
    }

    /**
     * In another account than the one of the default credentials: the name under which its clients were given to {@code AwsClients}.
     * <b>When not called:</b> the default account.
     *
     * @throws IllegalArgumentException if the name has other characters than letters, digits and {@code _ . @ -}
     */
    public AuroraMySql account(String name) {
        AwsPlace there = new AwsPlace(name, place.region());
        return new AuroraMySql(cluster, there, credentials, tls, address, addressForReplica, connectionSource);
    }

    /**
     * Where it answers, as <em>this JVM</em> sees it. <b>When not called:</b> looked up by {@code DescribeDBClusters}, which needs an engine
     * with clients.
     *
     * @throws IllegalArgumentException if the host is no name or IP address, or the port not 1 to 65535
     */
    public AuroraMySql at(String host, int port) {
        ServerAddress here = new ServerAddress(host, port);
        return new AuroraMySql(cluster, place, credentials, tls, here, addressForReplica, connectionSource);
    }

    /**
     * How this JVM's connections are encrypted. <b>When not called:</b> {@link Tls#required()}, encrypted and not verified. To verify, give
     * AWS's bundle of certificates: {@code Tls.verifiedIdentityBy(Path.of("global-bundle.pem"))}.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.SSL.html">AWS: certificate bundles</a>
     */
    public AuroraMySql tls(Tls how) {
        return new AuroraMySql(cluster, place, credentials, how, address, addressForReplica, connectionSource);
    }

    /**
     * Where the <em>replica</em> reaches this server. <b>When not called:</b> where this JVM does. No effect on a replica.
     *
     * @throws IllegalArgumentException if the host is no name or IP address, or the port not 1 to 65535
     */
    public AuroraMySql reachableByReplicaAt(String host, int port) {
        ServerAddress there = new ServerAddress(host, port);
        return new AuroraMySql(cluster, place, credentials, tls, address, there, connectionSource);
    }

    /**
     * Connects through the host application's own {@code ConnectionSource} of this name, given to {@code Sluice.builder()}: a tunnel, a
     * pool, a token. <b>When not called:</b> an ordinary connection to host and port.
     */
    public AuroraMySql connectingThrough(String name) {
        return new AuroraMySql(
                cluster, place, credentials, tls, address, addressForReplica, requireNonNull(name, "name"));
    }

    /** The identifier of the DB cluster. */
    public String clusterIdentifier() {
        return cluster;
    }

    @Override
    public AwsPlace place() {
        return place;
    }

    @Override
    public EngineId engine() {
        return AuroraEngine.ID;
    }

    /** The identifier and where it is: {@code orders (eu-west-1)}. */
    @Override
    public String label() {
        return cluster + " (" + place + ")";
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    @Override
    public Optional<ServerAddress> address() {
        return Optional.ofNullable(address);
    }

    @Override
    public Optional<ServerAddress> addressForReplica() {
        return Optional.ofNullable(addressForReplica);
    }

    @Override
    public Tls tls() {
        return tls;
    }

    @Override
    public Optional<String> connectionSource() {
        return Optional.ofNullable(connectionSource);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuroraMySql that
                && cluster.equals(that.cluster)
                && place.equals(that.place)
                && credentials.equals(that.credentials)
                && tls.equals(that.tls)
                && Objects.equals(address, that.address)
                && Objects.equals(addressForReplica, that.addressForReplica)
                && Objects.equals(connectionSource, that.connectionSource);
    }

    @Override
    public int hashCode() {
        return Objects.hash(cluster, place, credentials, tls, address, addressForReplica, connectionSource);
    }

    /** Kind, user and cluster. */
    @Override
    public String toString() {
        return "AuroraMySql{" + credentials.user() + "@" + label() + "}";
    }

    /** A cluster whose region still has to be said. Not meant to be stored. Immutable and thread-safe. */
    @CheckReturnValue
    public static final class Cluster {
        private final String identifier;

        private Cluster(String identifier) {
            this.identifier = checked(identifier);
        }

        private static String checked(String identifier) {
            if (!identifier.matches("[A-Za-z](-?[A-Za-z0-9]){0,62}") || identifier.length() > 63) {
                throw new IllegalArgumentException(
                        "The identifier of a DB cluster has letters, digits and single dashes, not '" + identifier
                                + "'");
            }
            return identifier;
        }

        /**
         * The region that it lives in, such as {@code eu-west-1}.
         *
         * @throws IllegalArgumentException if it is not written like a region
         */
        public Located region(String region) {
            return new Located(identifier, new AwsPlace(AwsPlace.DEFAULT_ACCOUNT, region));
        }
    }

    /** A cluster whose login still has to be said. Not meant to be stored. Immutable and thread-safe. */
    @CheckReturnValue
    public static final class Located {
        private final String identifier;
        private final AwsPlace place;

        private Located(String identifier, AwsPlace place) {
            this.identifier = identifier;
            this.place = place;
        }

        /**
         * Who this JVM logs in as: the master user, or one with its privileges.
         *
         * @param password where the password is looked up at the moment of use
         */
        public AuroraMySql credentials(String user, Secret password) {
            return new AuroraMySql(
                    identifier, place, new Credentials(user, password), Tls.required(), null, null, null);
        }
    }
}
