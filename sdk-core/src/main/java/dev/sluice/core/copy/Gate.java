// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Who of readers and writers may work now, and how fast. Those who may not wait here. Thread-safe. */
final class Gate {
    static final Duration POLL = Duration.ofMillis(100);

    /** In a pause, readers may end what they read, so that they wait without holding its metadata lock. */
    static final Duration GRACE = Duration.ofSeconds(10);

    /** Well before a source hangs up on a reader that takes nothing, which is after an hour, it takes a little. */
    static final Duration LONGEST_STALL = Duration.ofMinutes(10);

    /** As well. Longer than any batch takes, but for those of a huge row, or of many readers, under the lowest limits. */
    static final Duration LONGEST_PAYMENT = Duration.ofMinutes(30);

    private final Cancellation cancellation;
    private final LongSupplier nanoTime;
    private final ByteRate rate;
    private volatile Seats seats;
    private volatile @Nullable Pause pause;

    Gate(Seats seats, Cancellation cancellation, LongSupplier nanoTime) {
        this.seats = seats;
        this.cancellation = cancellation;
        this.nanoTime = nanoTime;
        this.rate = new ByteRate(nanoTime);
    }

    private record Pause(long since) {}

    Seats seats() {
        return seats;
    }

    void seats(Seats now) {
        seats = now;
    }

    void limit(long bytesPerSecond) {
        rate.limit(bytesPerSecond);
    }

    void pause() {
        if (pause == null) {
            pause = new Pause(nanoTime.getAsLong());
        }
    }

    void goOn() {
        pause = null;
    }

    boolean isPaused() {
        return pause != null;
    }

    boolean mayRead(int reader) {
        return pause == null && reader < seats.readers();
    }

    boolean mayWrite(int writer) {
        return writer < seats.writers();
    }

    /** One turn of a wait. */
    void poll() {
        poll(POLL);
    }

    private void poll(Duration time) {
        cancellation.sleep(time);
        cancellation.check();
    }

    /** Between two batches of one unit: waits in a pause that has gone on for a while. */
    void betweenBatches() {
        long began = nanoTime.getAsLong();
        while (isStalled() && nanoTime.getAsLong() - began < LONGEST_STALL.toNanos()) {
            poll();
        }
    }

    private boolean isStalled() {
        Pause current = pause;
        return current != null && nanoTime.getAsLong() - current.since >= GRACE.toNanos();
    }

    /** Waits until so many bytes may go on. Others go on when the source would lose its patience, and the rest waits for what they owe. */
    void pay(long bytes) {
        ByteRate.Booking booking = rate.book(bytes);
        long began = nanoTime.getAsLong();
        for (long left = rate.left(booking);
                left > 0 && nanoTime.getAsLong() - began < LONGEST_PAYMENT.toNanos();
                left = rate.left(booking)) {
            poll(Duration.ofNanos(Math.min(left, POLL.toNanos())));
        }
    }
}
