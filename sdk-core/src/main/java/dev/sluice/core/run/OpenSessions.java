// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.operation.Target;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.snapshot.Snapshot;
import dev.sluice.core.snapshot.SnapshotWatch;

/**
 * Sessions of this JVM that see the instant of the coordinates.
 *
 * @param server whose sessions they are
 * @param snapshot the sessions
 * @param catalog the scope's definitions
 * @param watch what they cost the source
 */
record OpenSessions(Target server, Snapshot snapshot, Catalog catalog, SnapshotWatch watch) implements OpenSnapshot {
    @Override
    public void close() {
        watch.close();
        snapshot.close();
    }
}
