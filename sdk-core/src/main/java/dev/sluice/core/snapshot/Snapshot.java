// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

public record Snapshot(
        dev.sluice.api.coordinates.Coordinates coordinates,
        java.time.Duration lockHeld,
        java.util.List<dev.sluice.core.mysql.MySqlSession> readers)
        implements AutoCloseable {
    public void close() {
        readers.forEach(r -> r.close());
    }
}
