// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fetches Debian packages into a folder of its own, with lists of its own. Nothing is installed, no root rights are needed, and the
 * machine's own apt is only read. Not thread-safe: one thread at a time.
 */
final class Apt implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    /** Hooks of the machine's apt are about the machine's own folders. */
    private static final String NO_HOOKS = """
            #clear APT::Update::Pre-Invoke;
            #clear APT::Update::Post-Invoke;
            #clear APT::Update::Post-Invoke-Success;
            #clear DPkg::Pre-Invoke;
            #clear DPkg::Post-Invoke;
            """;

    private final Path work;
    private final List<String> options;

    private Apt(Path work, List<String> options) {
        this.work = work;
        this.options = List.copyOf(options);
    }

    /** Packages as the machine's own sources offer them. */
    static Apt ofThisMachine() throws NotAvailableException {
        Path work = workFolder();
        return updated(new Apt(work, ownFolders(work)));
    }

    /** Packages of another Debian suite, from the mirror that the machine's own sources name. */
    static Apt ofSuite(String suite) throws NotAvailableException {
        String source;
        try (Apt machine = ofThisMachine()) {
            source = "deb " + signedBy() + machine.mirror() + " " + suite + " main\n";
        }
        Path work = workFolder();
        try {
            Path sources = Files.writeString(work.resolve("sources.list"), source);
            List<String> options = ownFolders(work);
            options.add("-oDir::Etc::SourceList=" + sources);
            options.add("-oDir::Etc::SourceParts=/dev/null");
            return updated(new Apt(work, options));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path workFolder() throws NotAvailableException {
        if (!Command.exists("apt-get") || !Command.exists("dpkg-deb")) {
            throw new NotAvailableException("this machine has no apt");
        }
        try {
            Path work = Files.createTempDirectory("sluice-apt");
            Files.writeString(work.resolve("apt.conf"), NO_HOOKS);
            Files.createDirectories(work.resolve("state/lists/partial"));
            Files.createDirectories(work.resolve("cache/archives/partial"));
            return work;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<String> ownFolders(Path work) {
        return new ArrayList<>(List.of(
                "-q",
                "-oDir::State=" + work.resolve("state"),
                "-oDir::State::Lists=" + work.resolve("state/lists"),
                "-oDir::State::status=/dev/null",
                "-oDir::Cache=" + work.resolve("cache"),
                "-c=" + work.resolve("apt.conf"),
                "-oDebug::NoLocking=true",
                // As root, apt would download as a user who may not write here.
                "-oAPT::Sandbox::User=" + System.getProperty("user.name")));
    }

    private static Apt updated(Apt apt) throws NotAvailableException {
        try {
            apt.require(apt.run("apt-get", List.of("update")), "apt could not read the package lists");
            return apt;
        } catch (NotAvailableException refused) {
            apt.close();
            throw refused;
        }
    }

    /** Unpacks the first of several packages that apt can have. */
    void unpackFirst(List<String> packages, Path root) throws NotAvailableException {
        for (String name : packages) {
            if (fetch(List.of("--download-only", "--no-install-recommends", "--yes", "install", name))
                    .succeeded()) {
                unpack(root, List.of(name));
                return;
            }
        }
        throw new NotAvailableException("apt offers none of the packages " + String.join(", ", packages));
    }

    /** Unpacks packages and all they depend on, save those whose name starts in one of the given ways. */
    void unpackAll(List<String> packages, List<String> unwanted, Path root) throws NotAvailableException {
        List<String> arguments =
                new ArrayList<>(List.of("--download-only", "--no-install-recommends", "--yes", "install"));
        arguments.addAll(packages);
        require(fetch(arguments), "apt could not fetch " + String.join(" and ", packages));
        for (Path archive : archives()) {
            if (unwanted.stream().noneMatch(archive.getFileName().toString()::startsWith)) {
                unpack(archive, root);
            }
        }
    }

    private Command.Outcome fetch(List<String> arguments) {
        return run("apt-get", arguments);
    }

    private void unpack(Path root, List<String> names) throws NotAvailableException {
        for (Path archive : archives()) {
            if (names.stream().anyMatch(name -> archive.getFileName().toString().startsWith(name + "_"))) {
                unpack(archive, root);
            }
        }
    }

    private void unpack(Path archive, Path root) throws NotAvailableException {
        List<String> command = List.of("dpkg-deb", "-x", archive.toString(), root.toString());
        require(Command.run(DEADLINE, command), "dpkg-deb could not unpack " + archive.getFileName());
    }

    private List<Path> archives() {
        try (Stream<Path> files = Files.list(work.resolve("cache/archives"))) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Address of the Debian mirror in use; the security archive carries a label of its own and does not count. */
    private String mirror() throws NotAvailableException {
        Command.Outcome targets =
                run("apt-get", List.of("indextargets", "--format", "$(LABEL)|$(REPO_URI)", "Created-By: Packages"));
        return targets.output()
                .lines()
                .filter(line -> line.startsWith("Debian|"))
                .map(line -> line.substring("Debian|".length()))
                .findFirst()
                .orElseThrow(() -> new NotAvailableException("the apt sources of this machine name no Debian mirror"));
    }

    private static String signedBy() {
        return Stream.of("debian-archive-keyring.gpg", "debian-archive-keyring.pgp")
                .map(file -> Path.of("/usr/share/keyrings", file))
                .filter(Files::isReadable)
                .findFirst()
                .map(file -> "[signed-by=" + file + "] ")
                .orElse("");
    }

    private Command.Outcome run(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(options);
        command.addAll(arguments);
        return Command.run(DEADLINE, command);
    }

    private void require(Command.Outcome outcome, String otherwise) throws NotAvailableException {
        if (!outcome.succeeded()) {
            throw new NotAvailableException(otherwise + ": " + outcome.lastWords());
        }
    }

    @Override
    public void close() {
        try {
            Trees.delete(work);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
