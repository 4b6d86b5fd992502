// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.operation.LockKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The instant of a snapshot. Immutable and thread-safe.
 *
 * @param coordinates where the source's binary log stood
 * @param lockOrNull the lock that held back writers, or null where nobody writes
 * @param lockHeld from when writers could first be held up to when they were free again, waiting for the lock included
 * @param attempt which try it was, from 1
 */
public record SnapshotMoment(
        Coordinates coordinates, @Nullable LockKind lockOrNull, Duration lockHeld, int attempt) {}
