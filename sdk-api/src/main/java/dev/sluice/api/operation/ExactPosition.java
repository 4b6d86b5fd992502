// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How both servers are compared at exactly one position: writers on the source wait while a snapshot opens there, and the replica's applier is
 * stopped, run until exactly the snapshot's coordinates, and started again. Immutable and thread-safe.
 *
 * @param locks how writers may be held up, the preferred way first
 * @param window the longest time that one attempt may hold them up
 * @param applier how the applier is stopped
 * @param statements of both snapshots, as templates with their holes in angle brackets
 */
public record ExactPosition(List<LockKind> locks, Duration window, ApplierStop applier, List<String> statements) {
    public ExactPosition {
        locks = List.copyOf(locks);
        requireNonNull(window, "window");
        requireNonNull(applier, "applier");
        statements = List.copyOf(statements);
    }

    /** Every statement that may be sent for it, besides those of the comparison. */
    public List<String> preview() {
        List<String> all = new ArrayList<>(applier.preview());
        applier.guards().forEach(guard -> all.addAll(guard.preview()));
        all.addAll(statements);
        return all.stream().distinct().toList();
    }
}
