// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import dev.sluice.testservers.install.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A server's data as it was at one instant, as a crash of the server at that instant would have left it: what was committed is there, what
 * was not is rolled back when a server starts on it. Any number of servers can be started from it
 * ({@link MySqlServer#start(DataImage, java.util.function.UnaryOperator)}), each with a {@code server_uuid} of its own.
 *
 * <p>It lies in a temporary folder until it is closed, or this JVM ends. Immutable and thread-safe.
 */
public final class DataImage implements AutoCloseable {
    private final MySqlRelease release;
    private final ServerFolder folder;
    private final Keeper keeper;

    private DataImage(MySqlRelease release, ServerFolder folder, Keeper keeper) {
        this.release = release;
        this.folder = folder;
        this.keeper = keeper;
    }

    /** Copies data that nobody writes at this moment. */
    static DataImage of(MySqlRelease release, Path data) {
        ServerFolder folder = ServerFolder.create();
        DataImage image = new DataImage(release, folder, Keeper.of(folder));
        try {
            Trees.copy(data, folder.data());
            Files.deleteIfExists(folder.data().resolve("auto.cnf")); // holds the server_uuid
            return image;
        } catch (IOException failure) {
            image.close();
            throw new TestServerException("Cannot copy the data of " + release, failure);
        }
    }

    /** The release of the server whose data it is, and of those that start from it. */
    public MySqlRelease release() {
        return release;
    }

    /** The name of the binary log that was being written at that instant; empty if there was none. */
    public Optional<String> lastBinaryLog() {
        try (var files = Files.list(data())) {
            Optional<Path> index = files.filter(DataImage::isIndexOfBinaryLogs).findFirst();
            return index.isEmpty() ? Optional.empty() : last(Files.readAllLines(index.get()));
        } catch (IOException failure) {
            throw new TestServerException("Cannot read an image of " + release, failure);
        }
    }

    /** Its lines name binary logs, not relay logs, whose index has the same ending. */
    private static boolean isIndexOfBinaryLogs(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".index") && !name.contains("relay");
    }

    private static Optional<String> last(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.isBlank())
                .reduce((before, last) -> last)
                .map(line -> Path.of(line).getFileName().toString());
    }

    Path data() {
        return folder.data();
    }

    /** Deletes it. Servers that were started from it go on. */
    @Override
    public void close() {
        keeper.close();
    }

    /** Whose data it is. */
    @Override
    public String toString() {
        return "data of a " + release;
    }
}
