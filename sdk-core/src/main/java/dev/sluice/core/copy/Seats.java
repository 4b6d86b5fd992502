// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

/** How many readers and writers work at the same time. Immutable. */
record Seats(int readers, int writers) {
    /** Who can be one more or one less. */
    enum Side {
        WRITERS,
        READERS
    }

    Seats atMost(Seats most) {
        return new Seats(Math.min(readers, most.readers), Math.min(writers, most.writers));
    }

    Seats plus(Side side, int more) {
        return side == Side.READERS ? new Seats(readers + more, writers) : new Seats(readers, writers + more);
    }

    int of(Side side) {
        return side == Side.READERS ? readers : writers;
    }
}
