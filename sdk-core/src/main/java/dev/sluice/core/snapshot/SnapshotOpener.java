// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.core.mysql.Cancellation;

/**
 * Opens something that sees one instant of the source while a lock holds back writers: sessions of this JVM, or a program that
 * starts a transaction of its own. Called from one thread at a time.
 */
public interface SnapshotOpener {
    /**
     * Gets everything ready that does not need the lock. Called before every try.
     *
     * @throws dev.sluice.api.error.StepException if that fails; ends the taking
     */
    void prepare(Cancellation cancellation);

    /**
     * Opens it, and returns only when it surely sees this instant: writers go on right after. Runs on a thread of its own, which
     * is interrupted when the lock is lost or somebody cancels.
     *
     * @throws dev.sluice.api.error.StepException if that fails; the lock is given back, and there may be another try
     */
    void open(LockWindow window);

    /** Gives up what {@link #open} may have opened, because the try failed. Must not throw. */
    void discard();
}
