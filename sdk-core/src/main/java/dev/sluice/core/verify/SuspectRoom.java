// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

/** How many suspects may still be kept, over all tables: a replica that is far behind differs everywhere. Thread-safe. */
final class SuspectRoom {
    private static final int ALL = 20_000;

    private int left = ALL;

    /** Takes room for up to so many; how many there is room for. */
    synchronized int take(int wanted) {
        int granted = Math.max(0, Math.min(wanted, left));
        left -= granted;
        return granted;
    }

    /** Gives room back. */
    synchronized void giveBack(int taken) {
        left += taken;
    }
}
