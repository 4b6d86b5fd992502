// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.samples.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From its command line, in as many processes as people start. */
@Timeout(240)
class MigrateIT {
    private static final String COPYING = "Load the snapshot into the replica, ";

    @TempDir
    Path folder;

    @Test
    void aMigrationThatIsInterruptedAndKilledComesToItsEnd() throws Exception {
        try (Program servers = start("servers", "--rows", "100000").awaitSaid("Ready.")) {
            assertThat(said(0, "check")).contains("checks, ").doesNotContain("ERROR");

            try (Program run = start("run", "--bytes-per-second", "65536").awaitSaid(COPYING)) {
                run.terminate();
                assertThat(run.exit()).as(run.said()).isEqualTo(143);
                assertThat(run.said())
                        .contains("Paused. Go on with 'migrate resume --run r-")
                        .doesNotContain("Exception");
            }
            assertThat(said(0, "status")).contains("FAILED").contains("changes can be taken back");

            try (Program resumed =
                    start("resume", "--bytes-per-second", "65536").awaitSaid(COPYING)) {
                resumed.kill();
            }
            assertThat(said(0, "status")).contains("LEFT");

            assertThat(said(0, "resume"))
                    .contains(
                            "the copy starts over",
                            "Verify the replica",
                            "Compared: 1 tables, 100000 rows, 0 mismatches");
            assertThat(said(0, "watch", "--looks", "1")).containsAnyOf("IN_TIME", "IDLE");
            assertThat(said(0, "cut-over"))
                    .contains("1 tables, 100000 rows, 0 mismatches", "Equal. End the replication");
            assertThat(said(0, "end")).contains("Drop the replication user on the source");
            assertThat(said(1, "watch", "--looks", "1")).contains("NOT_CONFIGURED");
            theWayBackIsOpen();
            assertThat(said(2, "resume")).contains("No run of this folder waits");
            assertNoPasswordIsKept();
        }
    }

    @Test
    void aMigrationIsTakenBack() throws Exception {
        try (Program servers = start("servers", "--rows", "100000").awaitSaid("Ready.")) {
            assertThat(said(0, "plan"))
                    .contains("CALL mysql.rds_set_configuration", "CALL mysql.rds_set_external_source");
            try (Program run = start("run", "--bytes-per-second", "65536").awaitSaid(COPYING)) {
                run.kill();
            }

            assertThat(said(0, "abandon")).contains("undone: ").doesNotContain("still in place");

            assertThat(said(0, "status")).contains("ENDED");
            assertThat(said(2, "abandon")).contains("No run of this folder waits");
        }
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        assertThat(said(2, "run")).contains("migrate servers").doesNotContain("Exception");
        assertThat(said(2, "run", "--source-instance", "a")).contains("--replica-cluster");
        assertThat(said(2, "run", "--source-region", "eu-west-1")).contains("--source-instance");
        assertThat(said(2, "run", "--source-password", "secret"))
                .contains("Unknown option", "--source-password-file", "See ./migrate run --help")
                .hasLineCount(3);
        assertThat(said(2, "fly")).contains("'fly'", "See ./migrate --help");
        assertThat(said(2, "plan", "--databases", "shop")).contains("Leave --databases out", "Nothing was done.");
        assertThat(said(0, "--help")).contains("Exit codes:", "cut-over", "130");
    }

    /** What is written to the new cluster arrives at the old instance. */
    private void theWayBackIsOpen() throws Exception {
        assertThat(said(0, "run", "--back")).contains("look-alike-replica", "0 mismatches");
        LookAlike servers = new LookAlike(folder.resolve("migration"));
        try (Connection application =
                        connect("replica", servers.replica().address().orElseThrow());
                Statement statement = application.createStatement()) {
            statement.execute("INSERT INTO shop.item (name, stock) VALUES ('after the cut-over', 1)");
        }
        assertThat(said(0, "cut-over", "--back")).contains("1 tables, 100001 rows, 0 mismatches");
        assertThat(said(0, "end", "--back")).contains("Drop the replication user on the source");
    }

    private Connection connect(String role, ServerAddress address) throws IOException, SQLException {
        String password = Files.readString(folder.resolve("migration/look-alike." + role + ".password"));
        return DriverManager.getConnection(
                "jdbc:mysql://" + address.host() + ":" + address.port() + "/?sslMode=REQUIRED", "admin", password);
    }

    /** The look-alike's password files are the only place. */
    private void assertNoPasswordIsKept() throws IOException {
        String password = Files.readString(folder.resolve("migration/look-alike.source.password"));
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !file.toString().endsWith(".password")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain(password));
        }
    }

    private Program start(String... arguments) throws IOException {
        return Program.start(MigrateCommand.class, folder, Map.of(), arguments);
    }

    private String said(int exit, String... arguments) throws IOException, InterruptedException {
        try (Program program = start(arguments)) {
            assertThat(program.exit()).as(program.said()).isEqualTo(exit);
            return program.said();
        }
    }
}
