// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Deletes what this package writes for a short time. */
final class TemporaryFiles {
    private TemporaryFiles() {}

    /** Deletes a file or an empty folder; null and what is gone are fine. */
    static void delete(@Nullable Path path) {
        if (path == null) {
            return;
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException kept) {
            throw new UncheckedIOException("The temporary file " + path + " cannot be deleted", kept);
        }
    }
}
