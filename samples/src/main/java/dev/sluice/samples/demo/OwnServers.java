// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.ServerOptions;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Two real servers, started for the demo on this machine and gone after it. */
record OwnServers(OwnServer first, OwnServer second) implements DemoServers {
    static OwnServers start(ServerChoice source, ServerChoice replica, Demo.Follow follow, PrintStream out) {
        OwnServer first = OwnServer.start(source, "source", shortRetention(source.release(), options(follow)), out);
        try {
            return new OwnServers(first, OwnServer.start(replica, "replica", options(follow), out));
        } catch (RuntimeException failure) {
            first.close();
            throw failure;
        }
    }

    /** As safe as production servers are: every commit reaches the disk. */
    private static ServerOptions options(Demo.Follow follow) {
        ServerOptions safe = ServerOptions.defaults()
                .setting("sync_binlog", "1")
                .setting("innodb_flush_log_at_trx_commit", "1")
                .setting("local_infile", "ON")
                // On RDS and Aurora a parameter; without it nobody but SUPER makes functions there.
                .setting("log_bin_trust_function_creators", "ON");
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
    public SourceEndpoint source() {
        return first.source();
    }

    @Override
    public ReplicaEndpoint replica() {
        return second.replica();
    }

    @Override
    public SecretResolver secrets() {
        Map<String, String> passwords = Map.of("source", first.password(), "replica", second.password());
        return SecretResolver.withNamed(passwords::get);
    }

    @Override
    public ReplicationPlan adapt(ReplicationPlan plan) {
        ReplicationPlan adapted = plan;
        MySqlRelease below = first.server().release();
        MySqlRelease above = second.server().release();
        if (!below.supportsTls() || !above.supportsTls()) {
            adapted = adapted.allowPlainText();
        }
        if (above == MySqlRelease.MYSQL_9 && below != MySqlRelease.MYSQL_9) {
            adapted = adapted.allowUnsupportedPair();
        }
        // Where a managed server comes from is not known beforehand.
        return isManaged() ? adapted.replicationUserHost("%") : adapted;
    }

    private boolean isManaged() {
        return first.isManaged() || second.isManaged();
    }

    @Override
    public boolean areOurs() {
        return true;
    }

    /** Definers that only a privileged user may give to objects are part of it. */
    @Override
    public boolean takeAwkwardData() {
        return !isManaged();
    }

    @Override
    public Connection connectToSource() throws SQLException {
        return first.server().connect();
    }

    @Override
    public Connection connectToReplica() throws SQLException {
        return second.server().connect();
    }

    @Override
    public void close() {
        try (OwnServer source = first;
                OwnServer replica = second) {
            // Both are closed even if the first close fails.
            assert source != replica;
        }
    }
}
