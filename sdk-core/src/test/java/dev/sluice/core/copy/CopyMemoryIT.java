// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The copy in a JVM with a small heap: neither the number of rows nor their width makes it fail. */
@Tag("long")
@Timeout(300)
class CopyMemoryIT {
    private static final SharedServers SERVERS = SharedServers.ofThisJvm();
    private static final String MIB = "1048576";

    @ParameterizedTest(name = "-Xmx{0}m, {1} rows of {2} MiB, 2^{3} narrow rows, local_infile {4}")
    @CsvSource({"64, 24, 8, 20, ON", "128, 24, 8, 12, OFF", "128, 12, 16, 12, ON", "256, 12, 16, 12, OFF"})
    void theHeapDoesNotGrowWithTheData(int heap, int wideRows, int mebibytes, int doublings, String localInfile)
            throws IOException, InterruptedException {
        try (Loan source = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31);
                Loan replica = SERVERS.borrow(
                        MySqlRelease.MYSQL_8_0_31,
                        options ->
                                options.setting("local_infile", localInfile).setting("max_allowed_packet", "128M"))) {
            fill(source.server(), wideRows, mebibytes, doublings);

            assertThat(copyInSmallJvm(heap, source.server(), replica.server())).isEmpty();

            String sums = "SELECT COUNT(*), SUM(CRC32(b)), SUM(LENGTH(b)) FROM app.";
            assertThat(replica.server().query(sums + "wide"))
                    .isEqualTo(source.server().query(sums + "wide"));
            assertThat(replica.server().query(sums + "narrow"))
                    .isEqualTo(source.server().query(sums + "narrow"));
        }
    }

    private static void fill(MySqlServer server, int wideRows, int mebibytes, int doublings) {
        server.execute(
                "CREATE DATABASE app",
                "CREATE TABLE app.wide (id INT AUTO_INCREMENT PRIMARY KEY, b LONGBLOB)",
                "CREATE TABLE app.narrow (id INT AUTO_INCREMENT PRIMARY KEY, b VARBINARY(40))",
                "INSERT INTO app.narrow (b) VALUES (RANDOM_BYTES(40))");
        for (int row = 0; row < wideRows; row++) {
            server.execute("INSERT INTO app.wide (b) VALUES (REPEAT(RANDOM_BYTES(1024), " + mebibytes + " * " + MIB
                    + " / 1024))");
        }
        for (int i = 0; i < doublings; i++) {
            server.execute("INSERT INTO app.narrow (b) SELECT RANDOM_BYTES(40) FROM app.narrow");
        }
    }

    /** Returns what the other JVM complained of. */
    private static String copyInSmallJvm(int heap, MySqlServer source, MySqlServer replica)
            throws IOException, InterruptedException {
        File said = new File("target", "copy-program.log");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "-cp",
                System.getProperty("java.class.path"),
                CopyProgram.class.getName(),
                Integer.toString(source.port()),
                Integer.toString(replica.port()));
        builder.environment().put(CopyProgram.SOURCE_PASSWORD, source.rootPassword());
        builder.environment().put(CopyProgram.REPLICA_PASSWORD, replica.rootPassword());
        Process process = builder.redirectErrorStream(true).redirectOutput(said).start();
        try {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(said.toPath());
        return process.exitValue() == 0 ? "" : "exit status " + process.exitValue() + ": " + text;
    }
}
