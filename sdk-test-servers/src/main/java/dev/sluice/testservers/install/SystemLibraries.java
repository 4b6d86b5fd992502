// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Libraries that the servers expect of the system: in practice only {@code libaio.so.1}.
 *
 * <p>Where the system has it under its newer name {@code libaio.so.1t64} (Debian 13, Ubuntu 24.04) a private link serves; where it has
 * none, the package is fetched by apt and unpacked privately. Nothing is installed on the machine.
 */
final class SystemLibraries {
    private static final Duration QUICK = Duration.ofSeconds(30);
    private static final String LIBRARY = "libaio.so.1";
    private static final List<String> PACKAGES = List.of("libaio1t64", "libaio1");

    private SystemLibraries() {}

    /** Returns an installation whose server has been seen to start, with a private folder of libraries if it needs one. */
    static Installation complete(Cache cache, Installation installation) throws NotAvailableException {
        Command.Outcome outcome = version(installation);
        if (outcome.succeeded()) {
            return installation;
        }
        if (!outcome.output().contains(LIBRARY)) {
            throw new NotAvailableException("The server program does not run here: " + outcome.lastWords());
        }
        Installation completed = installation.withLibraries(cache.entry("libaio", SystemLibraries::provide));
        Command.Outcome second = version(completed);
        if (!second.succeeded()) {
            throw new NotAvailableException("The server program does not run here: " + second.lastWords());
        }
        return completed;
    }

    private static Command.Outcome version(Installation installation) {
        List<String> command = Stream.concat(installation.serverCommand().stream(), Stream.of("--version"))
                .toList();
        Map<String, String> environment = installation
                .libraryPath()
                .map(path -> Map.of("LD_LIBRARY_PATH", path))
                .orElse(Map.of());
        return Command.run(QUICK, command, environment);
    }

    private static void provide(Path folder) throws IOException, NotAvailableException {
        Optional<Path> renamed = renamedLibrary();
        if (renamed.isPresent()) {
            Files.createSymbolicLink(folder.resolve(LIBRARY), renamed.get());
            return;
        }
        try (Apt apt = Apt.ofThisMachine()) {
            Path root = Files.createDirectories(folder.resolve("package"));
            apt.unpackFirst(PACKAGES, root);
            Files.createSymbolicLink(folder.resolve(LIBRARY), folder.relativize(library(root)));
        } catch (NotAvailableException refused) {
            throw new NotAvailableException(
                    LIBRARY
                            + " is missing: install the package libaio1 (libaio1t64 on Debian 13 and Ubuntu 24.04). It could not be"
                            + " fetched privately: " + refused.reason(),
                    refused);
        }
    }

    private static Path library(Path root) throws NotAvailableException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().matches("libaio\\.so\\.1(t64)?"))
                    .findFirst()
                    .orElseThrow(() -> new NotAvailableException("the package holds no libaio.so.1"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Optional<Path> renamedLibrary() {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        return Stream.of("/usr/lib/" + architecture + "-linux-gnu", "/lib/" + architecture + "-linux-gnu", "/usr/lib64")
                .map(folder -> Path.of(folder, "libaio.so.1t64"))
                .filter(Files::exists)
                .findFirst();
    }
}
