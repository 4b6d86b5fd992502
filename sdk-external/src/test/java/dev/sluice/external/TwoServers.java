// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.secret.Secret;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Two borrowed servers, wiped, and the endpoints of a plan from the one to the other. */
public final class TwoServers implements AutoCloseable {
    private final Loan source;
    private final Loan replica;

    private TwoServers(Loan source, Loan replica) {
        this.source = source;
        this.replica = replica;
    }

    public static TwoServers borrow(
            MySqlRelease source,
            UnaryOperator<ServerOptions> sourceOptions,
            MySqlRelease replica,
            UnaryOperator<ServerOptions> replicaOptions) {
        Loan first = SharedServers.ofThisJvm().borrow(source, sourceOptions);
        try {
            return new TwoServers(first, SharedServers.ofThisJvm().borrow(replica, replicaOptions));
        } catch (RuntimeException failure) {
            first.close();
            throw failure;
        }
    }

    /** From 9 on servers have GTIDs unless they are told otherwise. */
    public static ServerOptions withoutGtids(ServerOptions options) {
        return options.setting("gtid_mode", "OFF").setting("enforce_gtid_consistency", "OFF");
    }

    public MySqlServer source() {
        return source.server();
    }

    public MySqlServer replica() {
        return replica.server();
    }

    /** As root, by the secret {@code source}. */
    public ExternalMySql sourceEndpoint() {
        return endpoint(source(), "source");
    }

    /** As root, by the secret {@code replica}. */
    public ExternalMySql replicaEndpoint() {
        return endpoint(replica(), "replica");
    }

    /** As root, by a secret of this name. */
    public static ExternalMySql endpoint(MySqlServer server, String secret) {
        return ExternalMySql.at(server.host(), server.port()).credentials(server.rootUser(), Secret.named(secret));
    }

    /** What the secrets of the endpoints are. */
    public Map<String, String> passwords() {
        return Map.of("source", source().rootPassword(), "replica", replica().rootPassword());
    }

    @Override
    public void close() {
        replica.close();
        source.close();
    }
}
