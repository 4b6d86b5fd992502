// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.snapshot.SnapshotWatch;

/** A snapshot that a copy will read, with the definitions that belong to it. */
sealed interface OpenSnapshot extends AutoCloseable permits OpenSessions, OpenDump {
    /** Definitions that were the same before the lock and after the snapshot was open. */
    Catalog catalog();

    /** What it costs the source. */
    SnapshotWatch watch();

    @Override
    void close();
}
