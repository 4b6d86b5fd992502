// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.secret.Secret;
import dev.sluice.rds.aws.AwsPlace;
import dev.sluice.rds.aws.CopyShape;
import dev.sluice.rds.aws.ReplicaClusterCalls;
import dev.sluice.rds.managed.ManagedServer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A DB cluster of Aurora MySQL that the plan creates as its replica, from a native snapshot of the source; made by {@link
 * AuroraMySql#newCluster}. Every method returns a new endpoint and leaves this one unchanged. Holds no password. Immutable and thread-safe.
 *
 * <pre>{@code
 * var replica = AuroraMySql.newCluster("orders-copy").region("eu-west-1").credentials("admin", Secret.env("AURORA_PASSWORD"));
 * ReplicationPlan plan = ReplicationPlan.from(source).to(replica).replicationUserHost("10.0.%").seedWith(AuroraSeed.CLUSTER_CLONE);
 * }</pre>
 *
 * <p><b>Effect of a run:</b> a cluster of this identifier and its instance {@code <identifier>-instance-1}, with the tags {@code sluice-run} and
 * {@code sluice-source}. A success leaves them; a cancel and an abandonment delete them, and nothing that does not carry the run's tag. A
 * plan that runs again finds them and makes nothing twice.
 */
@CheckReturnValue
public final class NewAuroraCluster implements AuroraCluster {
    private final ManagedServer server;
    private final CopyShape shape;

    NewAuroraCluster(ManagedServer server, CopyShape shape) {
        this.server = requireNonNull(server, "server");
        this.shape = requireNonNull(shape, "shape");
        var unused = checked(server.identifier());
    }

    static String checked(String identifier) {
        if (identifier.length() > ReplicaClusterCalls.LONGEST_ID) {
            throw new IllegalArgumentException("A new cluster's identifier has at most "
                    + ReplicaClusterCalls.LONGEST_ID + " characters, so that its instance can be named after it: '"
                    + identifier + "'");
        }
        return ManagedServer.checkedIdentifier("a DB cluster", identifier);
    }

    /**
     * Its DB cluster parameter group. It has to switch the binary log on ({@code binlog_format}), because only a server that writes one tells
     * where in the source's it begins. <b>When not called:</b> the source's.
     */
    public NewAuroraCluster parameterGroup(String name) {
        return new NewAuroraCluster(server, shape.withParameterGroup(name));
    }

    /** The class of its instance, such as {@code db.r6g.large}. <b>When not called:</b> that of the source's writer. */
    public NewAuroraCluster instanceClass(String name) {
        return new NewAuroraCluster(server, shape.withInstanceClass(name));
    }

    /** Its DB subnet group. <b>When not called:</b> the source's. */
    public NewAuroraCluster subnetGroup(String name) {
        return new NewAuroraCluster(server, shape.withSubnetGroup(name));
    }

    /** Its VPC security groups, by id. <b>When not called:</b> the source's. */
    public NewAuroraCluster securityGroups(String first, String... more) {
        return new NewAuroraCluster(
                server,
                shape.withSecurityGroups(
                        Stream.concat(Stream.of(first), Stream.of(more)).toList()));
    }

    /**
     * In another account than the one of the default credentials: the name under which its clients were given to {@code AwsClients}. It has
     * to be the source's. <b>When not called:</b> the default account.
     *
     * @throws IllegalArgumentException if the name has other characters than letters, digits and {@code _ . @ -}
     */
    public NewAuroraCluster account(String name) {
        return new NewAuroraCluster(server.account(name), shape);
    }

    /**
     * Where it will answer, as <em>this JVM</em> sees it. <b>When not called:</b> looked up once it is there, which needs an engine with
     * clients.
     *
     * @throws IllegalArgumentException if the host is no name or IP address, or the port not 1 to 65535
     */
    public NewAuroraCluster at(String host, int port) {
        return new NewAuroraCluster(server.at(host, port), shape);
    }

    /**
     * How this JVM's connections are encrypted. <b>When not called:</b> {@link Tls#required()}, encrypted and not verified.
     *
     * @see AuroraMySql#tls
     */
    public NewAuroraCluster tls(Tls how) {
        return new NewAuroraCluster(server.tls(how), shape);
    }

    /**
     * Connects through the host application's own {@code ConnectionSource} of this name, given to {@code Sluice.builder()}. <b>When not
     * called:</b> an ordinary connection to the address that AWS tells.
     */
    public NewAuroraCluster connectingThrough(String name) {
        return new NewAuroraCluster(server.connectingThrough(name), shape);
    }

    @Override
    public boolean isCreatedByPlan() {
        return true;
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

    @Override
    public AwsPlace place() {
        return server.place();
    }

    @Override
    public EngineId engine() {
        return AuroraEngine.ID;
    }

    /** The identifier and where it is: {@code orders-copy (eu-west-1)}. */
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
    public Tls tls() {
        return server.tls();
    }

    @Override
    public Optional<String> connectionSource() {
        return Optional.ofNullable(server.connectionSource());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NewAuroraCluster that && server.equals(that.server) && shape.equals(that.shape);
    }

    @Override
    public int hashCode() {
        return List.of(server, shape).hashCode();
    }

    /** Kind, user and cluster. */
    @Override
    public String toString() {
        return server.describedAs("NewAuroraCluster");
    }

    /** A cluster whose region still has to be said. Not meant to be stored. Immutable and thread-safe. */
    @CheckReturnValue
    public static final class Named {
        private final String identifier;

        Named(String identifier) {
            this.identifier = checked(identifier);
        }

        /**
         * The region that it is created in, such as {@code eu-west-1}: the source's.
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
         * Who this JVM logs in as: an account of the <em>source</em>, with its password there, since accounts come with the snapshot.
         *
         * @param password where the password is looked up at the moment of use
         */
        public NewAuroraCluster credentials(String user, Secret password) {
            return new NewAuroraCluster(
                    ManagedServer.of(identifier, place, new Credentials(user, password)), CopyShape.AS_SOURCE);
        }
    }
}
