// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.LockKind;
import java.time.Duration;
import java.util.List;

/** Told what happens while a snapshot is taken, on the thread that takes it; must be quick and must not throw. */
public interface SnapshotListener {
    /** Listens to nothing. */
    SnapshotListener SILENT = new SnapshotListener() {};

    /** The lock is not asked for yet, because it would have to wait for these sessions. Told again while that lasts. */
    default void putOff(LockKind lock, List<Blocker> inTheWay) {}

    /** The lock is asked for now. */
    default void trying(LockKind lock, int attempt) {}

    /** The server denies this lock; the next one, if there is one, is tried. */
    default void denied(LockKind lock, Problem why) {}

    /** A try gave no snapshot; writers may have been held up that long. There may be another. */
    default void setBack(LockKind lock, Problem why, Duration writersHeldUp) {}

    /** The snapshots are open and writers are free again. */
    default void released(LockKind lock, Duration writersHeldUp) {}
}
