// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory of batches: a bounded number of buffers that go round, and one large one at a time for rows that fit none of them. Who
 * waits for a buffer must hold none. Thread-safe.
 */
final class Buffers {
    private static final Duration POLL = Duration.ofMillis(100);

    private final int size;
    private final BlockingQueue<byte[]> free = new LinkedBlockingQueue<>();
    private int count;
    private final Semaphore large = new Semaphore(1);
    private final Cancellation cancellation;

    Buffers(int count, int size, Cancellation cancellation) {
        this.size = size;
        this.cancellation = cancellation;
        growTo(count);
    }

    /** From now on so many go round, if they were fewer. */
    synchronized void growTo(int buffers) {
        for (; count < buffers; count++) {
            free.add(new byte[0]);
        }
    }

    /**
     * Waits for a buffer of at least this length.
     *
     * @throws dev.sluice.core.mysql.CancelledException if the copy ends before
     */
    byte[] take(int length) {
        if (length > size) {
            acquireLarge();
            return new byte[length];
        }
        byte[] buffer = pollFree();
        // Made when first needed: small copies take little memory.
        return buffer.length == size ? buffer : new byte[size];
    }

    private byte[] pollFree() {
        try {
            while (true) {
                cancellation.check();
                byte[] buffer = free.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
                if (buffer != null) {
                    return buffer;
                }
            }
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    private void acquireLarge() {
        try {
            do {
                cancellation.check();
            } while (!large.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    private static IllegalStateException interrupted() {
        Thread.currentThread().interrupt();
        return new IllegalStateException("A copying thread was interrupted");
    }

    /** Gives a batch's buffer back; each is given back once. */
    void giveBack(Batch batch) {
        if (batch.capacity() > size) {
            // Not even this method may know it when the next one is made, or both would have to be in memory.
            batch.release();
            large.release();
        } else {
            free.add(batch.release());
        }
    }
}
