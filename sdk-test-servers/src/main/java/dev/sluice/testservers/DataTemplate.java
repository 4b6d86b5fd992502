// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import dev.sluice.testservers.install.Cache;
import dev.sluice.testservers.install.Installation;
import dev.sluice.testservers.install.NotAvailableException;
import dev.sluice.testservers.install.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * A data directory that was initialised once per release and user and is copied for each server: fresh system tables, TLS files where the
 * release makes them, and a root account with a random password that never leaves this machine's cache.
 *
 * @param data the folder to copy
 * @param rootPassword password of {@code root@localhost}, the account that connections from loopback get
 */
record DataTemplate(Path data, String rootPassword) {
    /** Raised when what is initialised changes, so that caches of older builds are not used. */
    private static final String FORMAT = "1";

    private static final Duration DEADLINE = Duration.ofMinutes(3);

    static DataTemplate of(MySqlRelease release, Installation installation, Cache cache) throws NotAvailableException {
        String name = "template-" + release.version() + "-" + FORMAT + "-" + stamp(installation.server());
        Path entry = cache.entry(name, folder -> make(release, installation, folder));
        try {
            return new DataTemplate(entry.resolve("data"), Files.readString(entry.resolve("root-password")));
        } catch (IOException failure) {
            throw new TestServerException("Cannot read the template " + entry, failure);
        }
    }

    /** Tells server programs apart that the cache held under one name at different times. */
    private static String stamp(Path program) {
        try {
            long mixed = 31 * Files.size(program)
                    + Files.getLastModifiedTime(program).toMillis();
            return Long.toHexString(mixed);
        } catch (IOException failure) {
            throw new TestServerException("Cannot read " + program, failure);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "DataTemplate[" + data + "]";
    }

    private static void make(MySqlRelease release, Installation installation, Path entry)
            throws IOException, NotAvailableException {
        String password = Password.random();
        ServerFolder folder = ServerFolder.create();
        try (Keeper keeper = Keeper.of(folder)) {
            initialise(release, installation, folder, password);
            Files.deleteIfExists(folder.data().resolve("auto.cnf")); // each copy makes a server_uuid of its own
            Trees.copy(folder.data(), entry.resolve("data"));
        }
        writePrivately(entry.resolve("root-password"), password);
    }

    private static void initialise(
            MySqlRelease release, Installation installation, ServerFolder folder, String password)
            throws IOException, NotAvailableException {
        writePrivately(folder.initFile(), "ALTER USER root@localhost IDENTIFIED BY '" + password + "';\n");
        OptionFile.places(installation, folder)
                .sized(release)
                .put("init_file", folder.initFile())
                .write(folder.optionFile(), ServerOptions.defaults());
        ServerProcess process = ServerProcess.start(installation, folder, List.of("--initialize-insecure"));
        if (!process.endsWithin(DEADLINE) || process.exitValue() != 0) {
            process.kill();
            throw new NotAvailableException(
                    release + " could not make a data directory: " + ServerProcess.lastWords(folder));
        }
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
