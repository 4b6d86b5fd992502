// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets readers hold wide rows one after the other: how wide a row is shows only when it is in memory, but wide rows come together. A
 * reader whose last row was wide reads the next one only when it is its turn. Whoever waits is next after a single row: servers hang up on
 * those who take nothing for long. Thread-safe; a {@link Turn} belongs to one reader.
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

        /** A row of this size was read. */
        void read(long rowBytes) {
            if (rowBytes < MemoryLimits.WIDE_ROW) {
                close();
            } else if (!mine || turn.hasQueuedThreads()) {
                close();
                await();
                mine = true;
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
