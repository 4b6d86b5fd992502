// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.snapshot.Snapshot;

/**
 * Sessions of this JVM that see the instant of the coordinates.
 *
 * @param snapshot the sessions
 * @param catalog the scope's definitions
 */
record OpenSessions(Snapshot snapshot, Catalog catalog) implements OpenSnapshot {
    @Override
    public void close() {
        snapshot.close();
    }
}
