// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets readers hold wide rows one after the other, from before memory is taken for one until it is in a batch that was handed on. Nobody waits
 * for anything but a writer meanwhile: servers hang up on those who take nothing for long. Thread-safe; a {@link Turn} belongs to one reader.
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

        boolean isMine() {
            return mine;
        }

        /** Waits for it, unless it is this reader's already. */
        void await() {
            while (!mine) {
                cancellation.check();
                mine = tryAcquire();
            }
        }

        private boolean tryAcquire() {
            try {
                return turn.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS);
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
