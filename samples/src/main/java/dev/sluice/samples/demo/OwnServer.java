// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.secret.Secret;
import dev.sluice.aurora.AuroraMySql;
import dev.sluice.external.ExternalMySql;
import dev.sluice.rds.RdsMySql;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.Heartbeat;
import dev.sluice.testing.rds.RdsDressing;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A real server that was started for the demo, and how it is dressed: as RDS or Aurora its admin account may do what AWS grants, it has AWS's
 * procedures, and it writes into its own schema as AWS's servers do.
 */
final class OwnServer implements AutoCloseable {
    private static final String REGION = "eu-west-1";
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final MySqlServer server;
    private final String name;
    private final @Nullable DressedServer dressed;
    private final @Nullable Heartbeat heartbeat;

    private OwnServer(MySqlServer server, String name, @Nullable DressedServer dressed) {
        this.server = server;
        this.name = name;
        this.dressed = dressed;
        this.heartbeat = dressed == null ? null : dressed.beating(BEAT);
    }

    /** Starts one. Its name is that of the secret with its password as well. */
    static OwnServer start(ServerChoice choice, String name, ServerOptions options, PrintStream out) {
        choice.release().availability().ifPresent(reason -> {
            throw new IllegalStateException(choice.release() + " cannot be had here: " + reason);
        });
        out.println("Starting " + choice + " as the " + name + " on this machine (the first time this fetches it) …");
        MySqlServer server = MySqlServer.start(choice.release(), options);
        try {
            return new OwnServer(server, name, dressed(choice, server));
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    private static @Nullable DressedServer dressed(ServerChoice choice, MySqlServer server) {
        return choice.flavour()
                .map(flavour -> RdsDressing.as(flavour).behindFront().dress(server))
                .orElse(null);
    }

    /** One that is there already, as it is. */
    static OwnServer plain(MySqlServer server, String name) {
        return new OwnServer(server, name, null);
    }

    MySqlServer server() {
        return server;
    }

    boolean isManaged() {
        return dressed != null;
    }

    String password() {
        return dressed == null ? server.rootPassword() : dressed.adminPassword();
    }

    SourceEndpoint source() {
        DressedServer managed = dressed;
        if (managed == null) {
            return external();
        }
        return managed.flavour().isAurora() ? aurora(managed) : rds(managed);
    }

    ReplicaEndpoint replica() {
        DressedServer managed = dressed;
        if (managed == null) {
            return external();
        }
        return managed.flavour().isAurora() ? aurora(managed) : rds(managed);
    }

    private ExternalMySql external() {
        return ExternalMySql.at(server.host(), server.port()).credentials(server.rootUser(), Secret.named(name));
    }

    private RdsMySql rds(DressedServer managed) {
        return RdsMySql.instance("demo-" + name)
                .region(REGION)
                .credentials(managed.adminUser(), Secret.named(name))
                .at(managed.host(), managed.port());
    }

    private AuroraMySql aurora(DressedServer managed) {
        return AuroraMySql.cluster("demo-" + name)
                .region(REGION)
                .credentials(managed.adminUser(), Secret.named(name))
                .at(managed.host(), managed.port());
    }

    @Override
    public void close() {
        try (MySqlServer below = server;
                DressedServer dress = dressed;
                Heartbeat beats = heartbeat) {
            // Each is closed even if the one before it fails.
            assert below != null || dress != null || beats != null;
        }
    }
}
