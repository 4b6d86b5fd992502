// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Folders, and servers in them, whose JVM is dead and whose keeper was killed too. */
final class Leftovers {
    private Leftovers() {}

    /** Ends and deletes them. Done before each start; costs nothing when there are none. */
    static void sweep() {
        try (Stream<Path> folders = Files.list(ServerFolder.home())) {
            List<Path> dead = folders.filter(
                            folder -> folder.getFileName().toString().startsWith("s"))
                    .filter(folder -> Owner.read(folder.resolve("owner"))
                            .filter(owner -> !owner.isAlive())
                            .isPresent())
                    .toList();
            dead.forEach(Keeper::cleanUp);
        } catch (IOException failure) {
            throw new TestServerException("Cannot look for leftovers of earlier test servers", failure);
        }
    }
}
