// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import dev.sluice.api.error.Problem;

/** Hears how a dump goes. Called from the thread that loads, often; must be quick and must not throw. */
public interface DumpListener {
    /** Listens to nothing. */
    DumpListener SILENT = new DumpListener() {};

    /** So many bytes of the dump were handed to {@code mysql}; the last ones may not be loaded yet. */
    default void progress(long bytes) {}

    /** Something that does not stop the copy but should be known. */
    default void warning(Problem problem) {}
}
