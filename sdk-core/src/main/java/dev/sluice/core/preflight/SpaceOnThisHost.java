// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Servers do not tell how full their disk is. Of one that runs on this very host the file system does. That it runs here is proven by its own
 * UUID in its data directory: a directory of that name may be another server's, and an address of this host may be a tunnel.
 */
final class SpaceOnThisHost implements FreeSpace {
    /** Where MySQL keeps the UUID: https://dev.mysql.com/doc/refman/8.4/en/replication-options.html */
    private static final String IDENTITY = "auto.cnf";

    @Override
    public OptionalLong in(String directory, String serverUuid) {
        try {
            Path data = Path.of(directory);
            return Files.readString(data.resolve(IDENTITY)).contains(serverUuid)
                    ? OptionalLong.of(Files.getFileStore(data).getUsableSpace())
                    : OptionalLong.empty();
        } catch (IOException | InvalidPathException notHere) {
            // Another host's directory, or one that this process may not look into.
            return OptionalLong.empty();
        }
    }
}
