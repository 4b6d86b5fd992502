// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.core.mysql.Cancellation;

/**
 * Ends calls to a provider's management API when the step is stopped: their clients know of no cancellation, but an interrupt of the calling
 * thread ends them. Nothing of the interrupt remains once this is closed. Thread-safe; opened and closed by the calling thread.
 */
final class CallCut implements AutoCloseable {
    private final Thread caller = Thread.currentThread();
    private final Cancellation.Registration registration;

    /** Guarded by this, as the next. */
    private boolean isOver;

    private boolean wasCut;

    private CallCut(Cancellation cancellation) {
        cancellation.check();
        registration = cancellation.onCancel(this::cut);
    }

    /** From now until it is closed. */
    static CallCut with(Cancellation cancellation) {
        return new CallCut(cancellation);
    }

    private synchronized void cut() {
        if (!isOver) {
            wasCut = true;
            caller.interrupt();
        }
    }

    @Override
    public void close() {
        registration.close();
        synchronized (this) {
            isOver = true;
            if (wasCut) {
                Thread.interrupted();
            }
        }
    }
}
