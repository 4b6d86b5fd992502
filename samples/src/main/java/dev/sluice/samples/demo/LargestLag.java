// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** How far the replica was behind at most, by its own word, while the run waited for it. Thread-safe. */
final class LargestLag implements RunListener {
    private final AtomicReference<Duration> largest = new AtomicReference<>(Duration.ZERO);

    @Override
    public void onEvent(RunEvent event) {
        if (event instanceof RunEvent.LagObserved seen) {
            seen.lag().ifPresent(lag -> largest.accumulateAndGet(lag, (a, b) -> a.compareTo(b) < 0 ? b : a));
        }
    }

    Duration seen() {
        return largest.get();
    }
}
