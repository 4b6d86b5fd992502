// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.copy.DumpCopy;
import dev.sluice.core.snapshot.SnapshotWatch;

/**
 * A {@code mysqldump} whose transaction sees the instant of the coordinates, and whose output waits to be loaded.
 *
 * @param dump the program
 * @param progress hears how the load goes
 * @param catalog the scope's definitions
 * @param watch what the transaction costs the source
 */
record OpenDump(DumpCopy dump, DumpProgress progress, Catalog catalog, SnapshotWatch watch) implements OpenSnapshot {
    @Override
    public void close() {
        watch.close();
        dump.close();
    }
}
