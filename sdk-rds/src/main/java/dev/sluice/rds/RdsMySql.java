// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.secret.Secret;
import dev.sluice.rds.aws.AwsPlace;
import dev.sluice.rds.managed.ManagedEndpoint;
import dev.sluice.rds.managed.ManagedServer;
import java.util.Optional;

/**
 * A DB instance of RDS for MySQL, as a source or as a replica. Every method returns a new endpoint and leaves this one unchanged. Holds no
 * password. Immutable and thread-safe.
 *
 * <pre>{@code
 * RdsMySql replica = RdsMySql.instance("orders").region("eu-west-1").credentials("admin", Secret.env("RDS_PASSWORD"));
 * }</pre>
 */
@CheckReturnValue
public final class RdsMySql extends ManagedEndpoint implements SourceEndpoint, RdsServer {
    private final ManagedServer server;

    RdsMySql(ManagedServer server) {
        super(server);
        this.server = server;
        var unused = Instance.checked(server.identifier());
    }

    /**
     * The instance with this identifier, as the console shows it.
     *
     * @throws IllegalArgumentException if it is no identifier of a DB instance: letters, digits and single dashes, at most 63
     */
    public static Instance instance(String identifier) {
        return new Instance(identifier);
    }

    /**
     * A replica that the plan creates, from a snapshot of its source.
     *
     * @param identifier of the instance
     * @throws IllegalArgumentException if it is no identifier of a DB instance: letters, digits and single dashes, at most 63
     */
    public static NewRdsInstance.Named newInstance(String identifier) {
        return new NewRdsInstance.Named(identifier);
    }

    /**
     * In another account than the one of the default credentials: the name under which its clients were given to {@code AwsClients}.
     * <b>When not called:</b> the default account.
     *
     * @throws IllegalArgumentException if the name has other characters than letters, digits and {@code _ . @ -}
     */
    public RdsMySql account(String name) {
        return new RdsMySql(server.account(name));
    }

    /**
     * Where it answers, as <em>this JVM</em> sees it. <b>When not called:</b> looked up by {@code DescribeDBInstances}, which needs an engine
     * with clients.
     *
     * @throws IllegalArgumentException if the host is no name or IP address, or the port not 1 to 65535
     */
    public RdsMySql at(String host, int port) {
        return new RdsMySql(server.at(host, port));
    }

    /**
     * How this JVM's connections are encrypted. <b>When not called:</b> {@link Tls#required()}, encrypted and not verified. To verify, give
     * AWS's bundle of certificates: {@code Tls.verifiedIdentityBy(Path.of("global-bundle.pem"))}.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html">AWS: certificate bundles</a>
     */
    public RdsMySql tls(Tls how) {
        return new RdsMySql(server.tls(how));
    }

    /**
     * Where the <em>replica</em> reaches this server. <b>When not called:</b> where this JVM does. No effect on a replica.
     *
     * @throws IllegalArgumentException if the host is no name or IP address, or the port not 1 to 65535
     */
    public RdsMySql reachableByReplicaAt(String host, int port) {
        return new RdsMySql(server.reachableByReplicaAt(host, port));
    }

    /**
     * Connects through the host application's own {@code ConnectionSource} of this name, given to {@code Sluice.builder()}: a tunnel, a
     * pool, a token. <b>When not called:</b> an ordinary connection to host and port.
     */
    public RdsMySql connectingThrough(String name) {
        return new RdsMySql(server.connectingThrough(name));
    }

    @Override
    public String instanceIdentifier() {
        return server.identifier();
    }

    /** All that it says. */
    ManagedServer server() {
        return server;
    }

    @Override
    public EngineId engine() {
        return RdsEngine.ID;
    }

    @Override
    public Optional<ServerAddress> addressForReplica() {
        return Optional.ofNullable(server.addressForReplica());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RdsMySql that && server.equals(that.server);
    }

    @Override
    public int hashCode() {
        return server.hashCode();
    }

    /** Kind, user and instance. */
    @Override
    public String toString() {
        return server.describedAs("RdsMySql");
    }

    /** An instance whose region still has to be said. Not meant to be stored. Immutable and thread-safe. */
    @CheckReturnValue
    public static final class Instance {
        private final String identifier;

        private Instance(String identifier) {
            this.identifier = checked(identifier);
        }

        private static String checked(String identifier) {
            return ManagedServer.checkedIdentifier("a DB instance", identifier);
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

    /** An instance whose login still has to be said. Not meant to be stored. Immutable and thread-safe. */
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
        public RdsMySql credentials(String user, Secret password) {
            return new RdsMySql(ManagedServer.of(identifier, place, new Credentials(user, password)));
        }
    }
}
