// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets readers hold wide rows one after the other. Whoever waits is next after a single row: servers hang up on those who take nothing for
 * long. Thread-safe; a {@link Turn} belongs to one reader.
 */
final class WideRows {
    private static final long POLL_MILLIS = 100;

    private final Semaphore turn = new Semaphore(1, true);
    private final Cancellation cancellation;

    WideRows(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    Turn turn() {
        return new Turn();
    }

    /** One reader's. */
    final class Turn implements AutoCloseable {
        private boolean mine;

        /** Waits before a row of this size is taken in, or one like it. */
        void awaitFor(long rowBytes) {
            if (rowBytes >= MemoryLimits.WIDE_ROW && !mine) {
                await();
                mine = true;
            }
        }

        /** A row of this size was handed on. */
        void handedOn(long rowBytes) {
            if (mine && (rowBytes < MemoryLimits.WIDE_ROW || turn.hasQueuedThreads())) {
                close();
            }
        }

        private void await() {
            try {
                do {
                    cancellation.check();
                } while (!turn.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("A reading thread was interrupted", interrupted);
            }
        }

        @Override
        public void close() {
            if (mine) {
                mine = false;
                turn.release();
            }
        }
    }
}
