// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code pt-table-checksum}, which writes checksums on the source and has the replica compute its own by statements. */
record PtTableChecksum() implements Comparer {
    /** Its own; the replica is found by a table, as there is no other way to tell a port and a password. */
    private static final String OWN = "percona";

    /** Its exit status where nothing went wrong but that something differs. */
    private static final int DIFFERENCES = 16;

    /** Why it cannot compare servers of this release. */
    static Optional<String> refusal(MySqlRelease release) {
        return release.isAtLeast(8, 4, 0)
                ? Optional.of(
                        "it was tried in version 3.2.1, which asks SHOW MASTER STATUS; MySQL has no such statement since 8.4")
                : Optional.empty();
    }

    @Override
    public String name() {
        return "pt-table-checksum";
    }

    @Override
    public String how() {
        return "its defaults, but for tables that it would leave out as too large for one chunk; the replica is named by a table; the time is that"
                + " of the program";
    }

    /** What it reads on the source to find the replica. */
    static void prepare(BenchServers servers, Path scratch) throws IOException {
        Path options = ClientOptions.write(scratch, servers.replica(), servers.account());
        servers.source()
                .execute(
                        "CREATE DATABASE IF NOT EXISTS " + OWN,
                        "CREATE TABLE IF NOT EXISTS " + OWN
                                + ".dsns (id INT AUTO_INCREMENT PRIMARY KEY, parent_id INT, dsn VARCHAR(255) NOT NULL)",
                        "DELETE FROM " + OWN + ".dsns",
                        "INSERT INTO " + OWN + ".dsns (dsn) VALUES ('" + dsn(servers.replica(), options) + "')");
    }

    @Override
    public Map<String, Double> compare(BenchServers servers, Path scratch) throws IOException {
        prepare(servers, scratch);
        Path options = ClientOptions.write(scratch, servers.source(), servers.account());
        // Its own tables of the last turn, so that each turn does the same.
        servers.source().execute("DROP TABLE IF EXISTS " + OWN + ".checksums");
        Path empty = Files.createFile(
                scratch.resolve("no-config"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Programs.run(
                DIFFERENCES,
                List.of(
                        "pt-table-checksum",
                        "--config",
                        empty.toString(),
                        "--no-version-check",
                        "--no-check-binlog-format",
                        "--quiet",
                        "--chunk-size-limit=0",
                        "--databases=" + BenchCommand.DATABASE,
                        "--replicate=" + OWN + ".checksums",
                        "--recursion-method=dsn=" + dsn(servers.source(), options) + ",D=" + OWN + ",t=dsns",
                        dsn(servers.source(), options)));
        return Map.of("mismatches", (double) differing(servers));
    }

    /** Without a host of its own it would look for a socket. */
    private static String dsn(MySqlServer server, Path options) {
        return "F=" + options + ",h=" + server.host() + ",P=" + server.port();
    }

    /** As it tells people to ask the replica: chunks whose checksums are not the source's. */
    private static long differing(BenchServers servers) {
        return Long.parseLong(BenchServers.one(
                servers.replica(),
                "SELECT COUNT(*) FROM " + OWN + ".checksums WHERE this_cnt <> master_cnt OR this_crc <> master_crc"
                        + " OR ISNULL(this_crc) <> ISNULL(master_crc)"));
    }
}
