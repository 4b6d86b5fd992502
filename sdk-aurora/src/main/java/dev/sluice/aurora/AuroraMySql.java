// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.secret.Secret;
import dev.sluice.rds.aws.AwsPlace;
import dev.sluice.rds.managed.ManagedServer;
import java.util.Optional;

/**
 * A DB cluster of Aurora MySQL, as a source or as a replica: always its writer, reached by the cluster endpoint. Every method returns a new endpoint and leaves this one unchanged. Holds no
 * password. Immutable and thread-safe.
 *
 * <pre>{@code
 * AuroraMySql replica = AuroraMySql.cluster("orders-prod").region("eu-west-1").credentials("admin", Secret.env("AURORA_PASSWORD"));
 * }</pre>
 */
@CheckReturnValue
public final class AuroraMySql implements SourceEndpoint, AuroraCluster {
    private final ManagedServer server;

    AuroraMySql(ManagedServer server) {
        this.server = requireNonNull(server, "server");
        var unused = Cluster.checked(server.identifier());
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
     * A replica that the plan creates, as a clone of its source or from a snapshot of it.
     *
     * @param identifier of the cluster; its instance becomes {@code <identifier>-instance-1}
     * @throws IllegalArgumentException if it is no identifier of a DB cluster, or has more than 52 characters
     */
    public static NewAuroraCluster.Named newCluster(String identifier) {
        return new NewAuroraCluster.Named(identifier);
    }

    /**
     * A replica in another region that the plan creates and to which AWS itself replicates.
     *
     * @param identifier of the cluster; its instance becomes {@code <identifier>-instance-1}
     * @throws IllegalArgumentException if it is no identifier of a DB cluster, or has more than 52 characters
     */
    public static NewAuroraReadReplica.Named newReadReplica(String identifier) {
        return new NewAuroraReadReplica.Named(identifier);
    }

    /**
     * In another account than the one of the default credentials: the name under which its clients were given to {@code AwsClients}.
     * <b>When not called:</b> the default account.
     *
     * @throws IllegalArgumentException if the name has other characters than letters, digits and {@code _ . @ -}
     */
    public AuroraMySql account(String name) {
        return new AuroraMySql(server.account(name));
    }

    /**
     * Where it answers, as <em>this JVM</em> sees it. <b>When not called:</b> looked up by {@code DescribeDBClusters}, which needs an engine
     * with clients.
     *
     * @throws IllegalArgumentException if the host is no name or IP address, or the port not 1 to 65535
     */
    public AuroraMySql at(String host, int port) {
        return new AuroraMySql(server.at(host, port));
    }

    /**
     * How this JVM's connections are encrypted. <b>When not called:</b> {@link Tls#required()}, encrypted and not verified. To verify, give
     * AWS's bundle of certificates: {@code Tls.verifiedIdentityBy(Path.of("global-bundle.pem"))}.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.SSL.html">AWS: certificate bundles</a>
     */
    public AuroraMySql tls(Tls how) {
        return new AuroraMySql(server.tls(how));
    }

    /**
     * Where the <em>replica</em> reaches this server. <b>When not called:</b> where this JVM does. No effect on a replica.
     *
     * @throws IllegalArgumentException if the host is no name or IP address, or the port not 1 to 65535
     */
    public AuroraMySql reachableByReplicaAt(String host, int port) {
        return new AuroraMySql(server.reachableByReplicaAt(host, port));
    }

    /**
     * Connects through the host application's own {@code ConnectionSource} of this name, given to {@code Sluice.builder()}: a tunnel, a
     * pool, a token. <b>When not called:</b> an ordinary connection to host and port.
     */
    public AuroraMySql connectingThrough(String name) {
        return new AuroraMySql(server.connectingThrough(name));
    }

    @Override
    public String clusterIdentifier() {
        return server.identifier();
    }

    /** All that it says. */
    ManagedServer server() {
        return server;
    }

    @Override
    public AwsPlace place() {
        return server.place();
    }

    @Override
    public EngineId engine() {
        return AuroraEngine.ID;
    }

    /** The identifier and where it is: {@code orders (eu-west-1)}. */
    @Override
    public String label() {
        return server.label();
    }

    @Override
    public Credentials credentials() {
        return server.credentials();
    }

    @Override
    public Optional<ServerAddress> address() {
        return Optional.ofNullable(server.address());
    }

    @Override
    public Optional<ServerAddress> addressForReplica() {
        return Optional.ofNullable(server.addressForReplica());
    }

    @Override
    public Tls tls() {
        return server.tls();
    }

    @Override
    public Optional<String> connectionSource() {
        return Optional.ofNullable(server.connectionSource());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuroraMySql that && server.equals(that.server);
    }

    @Override
    public int hashCode() {
        return server.hashCode();
    }

    /** Kind, user and cluster. */
    @Override
    public String toString() {
        return server.describedAs("AuroraMySql");
    }

    /** A cluster whose region still has to be said. Not meant to be stored. Immutable and thread-safe. */
    @CheckReturnValue
    public static final class Cluster {
        private final String identifier;

        private Cluster(String identifier) {
            this.identifier = checked(identifier);
        }

        private static String checked(String identifier) {
            return ManagedServer.checkedIdentifier("a DB cluster", identifier);
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
            return new AuroraMySql(ManagedServer.of(identifier, place, new Credentials(user, password)));
        }
    }
}
