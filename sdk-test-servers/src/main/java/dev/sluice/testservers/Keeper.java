// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import dev.sluice.testservers.install.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A small process that outlives this JVM by a moment: it waits for the end of its standard input, which comes when this JVM closes it
 * or dies in whatever way, then kills the server of a folder and deletes the folder.
 */
final class Keeper implements AutoCloseable {
    private static final int LONGEST_END_SECONDS = 60;

    private final Process process;

    private Keeper(Process process) {
        this.process = process;
    }

    static Keeper of(ServerFolder folder) {
        try {
            List<String> command = ownSession();
            command.addAll(
                    List.of("sh", "-c", script(), "sluice-keeper", folder.path().toString()));
            return new Keeper(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException failure) {
            throw new TestServerException("Cannot start the process that cleans up after a test server", failure);
        }
    }

    /** A session of its own keeps a signal to the terminal's or the build's whole process group away. */
    static List<String> ownSession() {
        return new ArrayList<>(Command.exists("setsid") ? List.of("setsid") : List.of());
    }

    /** Does for the folder of a dead JVM what its own keeper did not. */
    static void cleanUp(Path folder) {
        of(new ServerFolder(folder)).close();
    }

    private static String script() throws IOException {
        try (InputStream script = Keeper.class.getResourceAsStream("keeper.sh")) {
            return new String(Objects.requireNonNull(script, "keeper.sh").readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Kills the server if it runs, deletes the folder, and returns when both are done. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                throw new TestServerException("A test server could not be cleaned up in " + LONGEST_END_SECONDS + " s");
            }
        } catch (IOException failure) {
            throw new TestServerException("Cannot tell the keeper of a test server to end", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
