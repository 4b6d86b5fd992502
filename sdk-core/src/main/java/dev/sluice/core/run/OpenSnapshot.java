// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.snapshot.Snapshot;

/**
 * The snapshots that a copy reads, with the definitions that belong to them.
 *
 * @param snapshot sessions that see the instant of the coordinates
 * @param catalog definitions that were the same before the lock and after the snapshots were open
 */
record OpenSnapshot(Snapshot snapshot, Catalog catalog) implements AutoCloseable {
    @Override
    public void close() {
        snapshot.close();
    }
}
