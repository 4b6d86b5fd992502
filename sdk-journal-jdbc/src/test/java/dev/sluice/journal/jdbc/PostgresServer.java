// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.journal.jdbc;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server of this machine's own programs, on loopback, as long as a test needs it. */
final class PostgresServer implements AutoCloseable {
    private static final String SYSTEM_USER = "postgres";

    private final Path folder;
    private final Process process;
    private final PGSimpleDataSource source = new PGSimpleDataSource();

    private PostgresServer(Path programs, Path folder, int port) throws IOException, InterruptedException {
        this.folder = folder;
        Path data = folder.resolve("data");
        run(List.of(programs.resolve("initdb").toString(), "-A", "trust", "-U", "journal", "-D", data.toString()));
        this.process = start(asOwner(List.of(
                programs.resolve("postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-h",
                "127.0.0.1",
                "-k",
                folder.toString(),
                "-c",
                "fsync=off")));
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setUser("journal");
        source.setDatabaseName("postgres");
        await().ignoreExceptionsInstanceOf(SQLException.class)
                .atMost(Duration.ofSeconds(60))
                .until(this::answers);
    }

    private boolean answers() throws SQLException {
        try (Connection connection = source.getConnection()) {
            return connection.isValid(1);
        }
    }

    /** Empty if the programs are not here, or nobody is whom they would work for: they refuse root. */
    public static Optional<PostgresServer> start() throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        if (programs.isEmpty() || (isRoot() && !hasSystemUser())) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory("sluice-postgres");
        if (isRoot()) {
            run(folder, List.of("chown", SYSTEM_USER, folder.toString()));
        }
        return Optional.of(new PostgresServer(programs.get(), folder, freePort()));
    }

    private static Optional<Path> programs() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv("PATH").split(":")) {
            folders.add(Path.of(folder));
        }
        Path packaged = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(packaged)) {
            try (Stream<Path> versions = Files.list(packaged)) {
                versions.map(version -> version.resolve("bin")).forEach(folders::add);
            }
        }
        return folders.stream()
                .filter(folder ->
                        Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("postgres")))
                .findFirst();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static boolean hasSystemUser() throws IOException {
        return Files.isReadable(Path.of("/etc/passwd"))
                && Files.readAllLines(Path.of("/etc/passwd")).stream()
                        .anyMatch(line -> line.startsWith(SYSTEM_USER + ":"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static List<String> asOwner(List<String> command) {
        List<String> whole = new ArrayList<>();
        if (isRoot()) {
            whole.addAll(List.of("setpriv", "--reuid=" + SYSTEM_USER, "--regid=" + SYSTEM_USER, "--clear-groups"));
        }
        whole.addAll(command);
        return whole;
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        run(folder, asOwner(command));
    }

    private static void run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("sluice-postgres", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean hasEnded = process.waitFor(120, TimeUnit.SECONDS);
        String text = Files.readString(said);
        Files.delete(said);
        if (!hasEnded || process.exitValue() != 0) {
            throw new IOException(command + " failed: " + text);
        }
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public PGSimpleDataSource source() {
        return source;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        process.waitFor(30, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
