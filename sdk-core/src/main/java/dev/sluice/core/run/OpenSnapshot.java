// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.core.catalog.Catalog;

/** A snapshot that a copy will read, with the definitions that belong to it. */
sealed interface OpenSnapshot extends AutoCloseable permits OpenSessions, OpenDump {
    /** Definitions that were the same before the lock and after the snapshot was open. */
    Catalog catalog();

    @Override
    void close();
}
