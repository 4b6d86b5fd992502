// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A source and a replica of the same release, as safe as production servers are: every commit reaches the disk. */
final class BenchServers implements AutoCloseable {
    private static final List<String> SHOWN = List.of(
            "version",
            "sync_binlog",
            "innodb_flush_log_at_trx_commit",
            "innodb_buffer_pool_size",
            "innodb_redo_log_capacity",
            "innodb_log_writer_threads",
            "innodb_doublewrite",
            "innodb_flush_method",
            "log_bin",
            "binlog_format",
            "gtid_mode",
            "local_infile",
            "max_allowed_packet");

    private final Account account = Account.random();
    private final MySqlServer source;
    private final MySqlServer replica;
    private int fills;

    private BenchServers(MySqlServer source, MySqlServer replica) {
        this.source = source;
        this.replica = replica;
    }

    static BenchServers start(MySqlRelease release) {
        release.availability().ifPresent(reason -> {
            throw new IllegalStateException(release + " cannot be had here: " + reason);
        });
        MySqlServer source = MySqlServer.start(release, options());
        try {
            BenchServers servers = new BenchServers(source, MySqlServer.start(release, options()));
            servers.welcome(source);
            return servers;
        } catch (RuntimeException failure) {
            source.close();
            throw failure;
        }
    }

    /** Nobody encrypts, so that no one pays for what another leaves out. */
    private static ServerOptions options() {
        return ServerOptions.defaults()
                .gtid()
                .setting("sync_binlog", "1")
                .setting("innodb_flush_log_at_trx_commit", "1")
                .setting("innodb_buffer_pool_size", "1G")
                .setting("innodb_redo_log_capacity", "1G")
                .setting("innodb_use_native_aio", "ON")
                .setting("local_infile", "ON")
                .setting("tls_version", "");
    }

    MySqlServer source() {
        return source;
    }

    MySqlServer replica() {
        return replica;
    }

    Account account() {
        return account;
    }

    /** Fills the source without waiting for the disk, and without a binary log that nobody will read. */
    void fill(DataSet data) throws SQLException {
        source.execute("SET GLOBAL sync_binlog = 0", "SET GLOBAL innodb_flush_log_at_trx_commit = 2");
        data.create(source);
        fills++;
        source.execute("SET GLOBAL sync_binlog = 1", "SET GLOBAL innodb_flush_log_at_trx_commit = 1");
    }

    /** How often the source was filled: another number, other data. */
    int fills() {
        return fills;
    }

    /** The replica as it was when it was first started, and nothing left to be written to the disk. */
    void freshReplica() {
        replica.wipe();
        welcome(replica);
        Programs.run(List.of("sync"));
    }

    /**
     * Makes the account, and logs in once: from then on the server knows the password's hash, and client programs that have neither TLS
     * nor a round for the server's public key get in as well.
     */
    private void welcome(MySqlServer server) {
        server.execute(account.creation());
        try {
            server.connect(account.user(), account.password()).close();
        } catch (SQLException refused) {
            throw new IllegalStateException(account + " cannot log in to " + server, refused);
        }
    }

    /** What makes the servers forget their binary logs and GTIDs. */
    String reset() {
        return replica.release().isAtLeast(8, 2, 0) ? "RESET BINARY LOGS AND GTIDS" : "RESET MASTER";
    }

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : SHOWN) {
            settings.put(name, one(replica, "SELECT @@GLOBAL." + name));
        }
        settings.put("redo log", redoLog(replica));
        settings.put("tls", "off");
        return settings;
    }

    /** {@code ON} or {@code OFF}. */
    static String redoLog(MySqlServer server) {
        return status(server, "Innodb_redo_log_enabled");
    }

    /** How many statements clients have sent to a server. */
    static long statements(MySqlServer server) {
        return Long.parseLong(status(server, "Questions"));
    }

    private static String status(MySqlServer server, String name) {
        return String.valueOf(
                server.query("SHOW GLOBAL STATUS LIKE '" + name + "'").get(0).get(1));
    }

    /** What the replica has written to its own binary log. */
    long replicaBinlogBytes() {
        return replica.query("SHOW BINARY LOGS").stream()
                .mapToLong(log -> Long.parseLong(String.valueOf(log.get(1))))
                .sum();
    }

    static String one(MySqlServer server, String sql) {
        return String.valueOf(server.query(sql).get(0).get(0));
    }

    @Override
    public void close() {
        try (MySqlServer first = replica;
                MySqlServer second = source) {
            // Both are closed even if the first close fails.
            assert first != second;
        }
    }
}
