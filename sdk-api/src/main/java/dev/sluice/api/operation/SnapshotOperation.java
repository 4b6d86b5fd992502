// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import java.time.Duration;
import java.util.List;

/**
 * Opens consistent snapshots on the source and reads their coordinates, under the shortest lock that the server grants.
 * Immutable and thread-safe.
 *
 * @param info what all operations have
 * @param locks the ways to lock that may be tried, in order
 * @param window the longest time that writers may be held up by one attempt
 * @param statements every statement that may be sent, as templates with their holes in angle brackets
 */
public record SnapshotOperation(OperationInfo info, List<LockKind> locks, Duration window, List<String> statements)
        implements Operation {
    public SnapshotOperation {
        locks = List.copyOf(locks);
        statements = List.copyOf(statements);
    }

    @Override
    public List<String> preview() {
        return statements;
    }

    @Override
    public List<Slot<?>> fills() {
        return List.of(Slot.SNAPSHOT_COORDINATES);
    }
}
