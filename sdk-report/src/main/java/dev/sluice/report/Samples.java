// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples over a time of unknown length, in bounded room: whenever it is full every second one goes, and from then on every second one that
 * comes is not kept. The first and the last are always there. Not thread-safe.
 */
final class Samples<T> {
    private final int most;
    private final List<T> kept = new ArrayList<>();
    private @Nullable T last;
    private long every = 1;
    private long seen;

    /** With room for this many, at least one, and the last. */
    Samples(int most) {
        this.most = most;
    }

    void add(T sample) {
        if (kept.size() == most && isDue()) {
            halve();
        }
        if (isDue()) {
            kept.add(sample);
            last = null;
        } else {
            last = sample;
        }
        seen++;
    }

    private boolean isDue() {
        return seen % every == 0;
    }

    private void halve() {
        for (int i = kept.size() - 1; i > 0; i--) {
            if (i % 2 != 0) {
                kept.remove(i);
            }
        }
        every *= 2;
    }

    /** In order. */
    List<T> all() {
        List<T> all = new ArrayList<>(kept);
        if (last != null) {
            all.add(last);
        }
        return all;
    }
}
