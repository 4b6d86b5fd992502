// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** Folders, and servers in them, whose JVM is dead and whose keeper was killed too. */
final class Leftovers {
    /** A folder without an owner is one that is being made, or was when its JVM died. */
    private static final Duration LONGEST_MAKING = Duration.ofHours(1);

    private Leftovers() {}

    /** Ends and deletes them. Done before each start; costs nothing when there are none. */
    static void sweep(Path home) {
        try (Stream<Path> folders = Files.list(home)) {
            folders.filter(Leftovers::isDead).toList().forEach(Keeper::cleanUp);
        } catch (IOException failure) {
            throw new TestServerException("Cannot look for leftovers of earlier test servers", failure);
        }
    }

    private static boolean isDead(Path folder) {
        return Owner.read(folder.resolve("owner"))
                .map(owner -> !owner.isAlive())
                .orElseGet(() -> isOld(folder));
    }

    private static boolean isOld(Path folder) {
        try {
            return Files.getLastModifiedTime(folder)
                    .toInstant()
                    .isBefore(Instant.now().minus(LONGEST_MAKING));
        } catch (IOException goneMeanwhile) {
            return false;
        }
    }
}
