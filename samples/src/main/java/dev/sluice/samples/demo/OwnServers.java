// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.external.ExternalMySql;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Two real servers, started for the demo on this machine and gone after it. */
record OwnServers(MySqlServer sourceServer, MySqlServer replicaServer) implements DemoServers {
    static OwnServers start(MySqlRelease source, MySqlRelease replica, Demo.Follow follow, PrintStream out) {
        out.println("Starting " + source + " and " + replica + " on this machine (the first time this fetches them) …");
        requireAvailable(source);
        requireAvailable(replica);
        MySqlServer sourceServer = MySqlServer.start(source, shortRetention(source, options(follow)));
        try {
            return new OwnServers(sourceServer, MySqlServer.start(replica, options(follow)));
        } catch (RuntimeException failure) {
            sourceServer.close();
            throw failure;
        }
    }

    private static void requireAvailable(MySqlRelease release) {
        release.availability().ifPresent(reason -> {
            throw new IllegalStateException(release + " cannot be had here: " + reason);
        });
    }

    /** As safe as production servers are: every commit reaches the disk. */
    private static ServerOptions options(Demo.Follow follow) {
        ServerOptions safe = ServerOptions.defaults()
                .setting("sync_binlog", "1")
                .setting("innodb_flush_log_at_trx_commit", "1")
                .setting("local_infile", "ON");
        // From 9 on servers have GTIDs unless they are told otherwise.
        return follow == Demo.Follow.GTID
                ? safe.gtid()
                : safe.setting("gtid_mode", "OFF").setting("enforce_gtid_consistency", "OFF");
    }

    /** One day, so that the demo has something to raise and to relax again. */
    private static ServerOptions shortRetention(MySqlRelease release, ServerOptions options) {
        return release.isAtLeast(8, 0, 0)
                ? options.setting("binlog_expire_logs_seconds", "86400")
                : options.setting("expire_logs_days", "1");
    }

    @Override
    public ExternalMySql source() {
        return endpoint(sourceServer, "source");
    }

    @Override
    public ExternalMySql replica() {
        return endpoint(replicaServer, "replica");
    }

    private static ExternalMySql endpoint(MySqlServer server, String secret) {
        return ExternalMySql.at(server.host(), server.port()).credentials(server.rootUser(), Secret.named(secret));
    }

    @Override
    public SecretResolver secrets() {
        Map<String, String> passwords =
                Map.of("source", sourceServer.rootPassword(), "replica", replicaServer.rootPassword());
        return SecretResolver.withNamed(passwords::get);
    }

    @Override
    public ReplicationPlan adapt(ReplicationPlan plan) {
        ReplicationPlan adapted = plan;
        if (!sourceServer.release().supportsTls() || !replicaServer.release().supportsTls()) {
            adapted = adapted.allowPlainText();
        }
        if (replicaServer.release() == MySqlRelease.MYSQL_9 && sourceServer.release() != MySqlRelease.MYSQL_9) {
            adapted = adapted.allowUnsupportedPair();
        }
        return adapted;
    }

    @Override
    public boolean areOurs() {
        return true;
    }

    @Override
    public Connection connectToSource() throws SQLException {
        return sourceServer.connect();
    }

    @Override
    public Connection connectToReplica() throws SQLException {
        return replicaServer.connect();
    }

    @Override
    public void close() {
        try (MySqlServer first = replicaServer;
                MySqlServer second = sourceServer) {
            // Both are closed even if the first close fails.
            assert first != second;
        }
    }
}
