// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.secret.Secret;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A MySQL server, 5.7 or later, that its owner runs, as a source or as a replica. Every method returns a new endpoint and leaves
 * this one unchanged. Holds no password. Immutable and thread-safe.
 *
 * <pre>{@code
 * ExternalMySql source = ExternalMySql.at("db1.corp.example", 3306).credentials("migrator", Secret.env("SOURCE_PASSWORD"));
 * }</pre>
 */
@CheckReturnValue
public final class ExternalMySql implements SourceEndpoint, ReplicaEndpoint {
    private final ServerAddress address;
    private final Credentials credentials;
    private final Tls tls;
    private final @Nullable ServerAddress addressForReplica;
    private final @Nullable String connectionSource;

    ExternalMySql(
            ServerAddress address,
            Credentials credentials,
            Tls tls,
            @Nullable ServerAddress addressForReplica,
            @Nullable String connectionSource) {
        this.address = requireNonNull(address, "address");
        this.credentials = requireNonNull(credentials, "credentials");
        this.tls = requireNonNull(tls, "tls");
        this.addressForReplica = addressForReplica;
        this.connectionSource = connectionSource;
    }

    /**
     * The server that answers at this host and port, as <em>this JVM</em> sees it.
     *
     * @param port 1 to 65535; MySQL's own is {@link ServerAddress#DEFAULT_PORT}
     * @throws IllegalArgumentException if the host is no name or IP address, or the port out of range
     */
    public static Located at(String host, int port) {
        return new Located(new ServerAddress(host, port));
    }

    /** How this JVM's connections are encrypted. <b>When not called:</b> {@link Tls#required()}. */
    public ExternalMySql tls(Tls how) {
        return new ExternalMySql(address, credentials, how, addressForReplica, connectionSource);
    }

    /**
     * Where the <em>replica</em> reaches this server. <b>When not called:</b> where this JVM does. No effect on a replica.
     *
     * @throws IllegalArgumentException if the host is no name or IP address, or the port not 1 to 65535
     */
    public ExternalMySql reachableByReplicaAt(String host, int port) {
        return new ExternalMySql(address, credentials, tls, new ServerAddress(host, port), connectionSource);
    }

    /**
     * Connects through the host application's own {@code ConnectionSource} of this name, given to {@code Sluice.builder()}: a
     * tunnel, a pool, a token. <b>When not called:</b> an ordinary connection to host and port.
     */
    public ExternalMySql connectingThrough(String name) {
        return new ExternalMySql(address, credentials, tls, addressForReplica, requireNonNull(name, "name"));
    }

    @Override
    public EngineId engine() {
        return ExternalEngine.ID;
    }

    /** Host and port. */
    @Override
    public String label() {
        return address.toString();
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    @Override
    public Optional<ServerAddress> address() {
        return Optional.of(address);
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
        return other instanceof ExternalMySql that
                && address.equals(that.address)
                && credentials.equals(that.credentials)
                && tls.equals(that.tls)
                && Objects.equals(addressForReplica, that.addressForReplica)
                && Objects.equals(connectionSource, that.connectionSource);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, credentials, tls, addressForReplica, connectionSource);
    }

    /** Kind, user and address. */
    @Override
    public String toString() {
        return "ExternalMySql{" + credentials.user() + "@" + address + "}";
    }

    /** A server whose address is known and whose login still has to be said. Not meant to be stored. Immutable and thread-safe. */
    @CheckReturnValue
    public static final class Located {
        private final ServerAddress address;

        private Located(ServerAddress address) {
            this.address = address;
        }

        /**
         * Who this JVM logs in as; the preview's privileges tell what the account must be allowed to do.
         *
         * @param password where the password is looked up at the moment of use
         */
        public ExternalMySql credentials(String user, Secret password) {
            return new ExternalMySql(address, new Credentials(user, password), Tls.required(), null, null);
        }
    }
}
