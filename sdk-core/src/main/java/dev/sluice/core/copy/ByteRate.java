// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.util.function.LongSupplier;

/** So many bytes a second: whoever hands some on books them, and waits until they are paid for by time. Thread-safe. */
final class ByteRate {
    private final LongSupplier nanoTime;
    private long perSecond = CopyBudget.UNLIMITED;
    private long paidUntil;
    private int terms;

    ByteRate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.paidUntil = nanoTime.getAsLong();
    }

    /**
     * A booking.
     *
     * @param end when it is paid for
     * @param terms under which it was made
     */
    record Booking(long end, int terms) {}

    /** Another limit frees all that wait: they book the next bytes under it. */
    synchronized void limit(long bytesPerSecond) {
        if (bytesPerSecond != perSecond) {
            perSecond = bytesPerSecond;
            paidUntil = nanoTime.getAsLong();
            terms++;
        }
    }

    synchronized Booking book(long bytes) {
        long now = nanoTime.getAsLong();
        if (perSecond != CopyBudget.UNLIMITED) {
            // Time in which nothing was copied is not saved up.
            long begin = paidUntil - now > 0 ? paidUntil : now;
            paidUntil = begin + (long) (bytes * 1e9 / perSecond);
        }
        return new Booking(perSecond == CopyBudget.UNLIMITED ? now : paidUntil, terms);
    }

    /** How many nanoseconds are still to be waited, 0 if none. */
    synchronized long left(Booking booking) {
        return booking.terms() == terms ? Math.max(0, booking.end() - nanoTime.getAsLong()) : 0;
    }
}
