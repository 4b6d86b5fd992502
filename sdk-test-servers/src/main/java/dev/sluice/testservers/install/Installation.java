// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers.install;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Server programs that are unpacked and have shown that they run.
 *
 * @param baseDirectory what the server calls {@code basedir}
 * @param server the program {@code mysqld}
 * @param clients folder of client programs that run as they are; it need not exist
 * @param messages folder of the error messages, {@code lc_messages_dir}
 * @param plugins folder of the plugins; it need not exist
 * @param loader dynamic loader to start the server with, where it needs one of its own; else empty
 * @param libraries folders that the loader searches before the system's
 */
public record Installation(
        Path baseDirectory,
        Path server,
        Path clients,
        Path messages,
        Path plugins,
        List<Path> loader,
        List<Path> libraries) {

    /** Copies the lists. */
    public Installation {
        loader = List.copyOf(loader);
        libraries = List.copyOf(libraries);
    }

    /** The same programs with one more folder of libraries. */
    Installation withLibraries(Path folder) {
        List<Path> more = new ArrayList<>(libraries);
        more.add(folder);
        return new Installation(baseDirectory, server, clients, messages, plugins, loader, more);
    }

    /** The command that starts the server, to which options are appended. */
    public List<String> serverCommand() {
        List<String> command = new ArrayList<>();
        for (Path itself : loader) {
            command.addAll(List.of(itself.toString(), "--library-path", joinedLibraries()));
        }
        command.add(server.toString());
        return command;
    }

    /** A client program such as {@code mysqldump}, if this installation holds it. */
    public Optional<Path> clientProgram(String name) {
        return Optional.of(clients.resolve(name)).filter(Files::isExecutable);
    }

    /** Value for {@code LD_LIBRARY_PATH}; empty where the server has a loader of its own. */
    public Optional<String> libraryPath() {
        return loader.isEmpty() ? Optional.of(joinedLibraries()) : Optional.empty();
    }

    private String joinedLibraries() {
        return libraries.stream().map(Path::toString).collect(Collectors.joining(":"));
    }
}
