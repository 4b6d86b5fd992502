// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static java.util.Objects.requireNonNull;

/**
 * The budget that counts now. The host keeps it and may change it at any time, from any thread; copies that go on follow within two
 * seconds. Readers are opened with the snapshot: more than were allowed then are never used. Thread-safe.
 */
public final class LiveBudget {
    private volatile CopyBudget now;

    private LiveBudget(CopyBudget first) {
        this.now = first;
    }

    /** Begins with this budget. */
    public static LiveBudget of(CopyBudget first) {
        return new LiveBudget(requireNonNull(first, "first"));
    }

    /** What counts now. */
    public CopyBudget now() {
        return now;
    }

    /** From now on this counts. */
    public void change(CopyBudget next) {
        now = requireNonNull(next, "next");
    }

    @Override
    public String toString() {
        return now.toString();
    }
}
