// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunListener;
import java.time.Duration;

/** How far the replica was behind at most, by its own word, while the run waited for it. Thread-safe. */
final class LargestLag implements RunListener {
    private Duration largest = Duration.ZERO;

    @Override
    public synchronized void onEvent(RunEvent event) {
        if (event instanceof RunEvent.LagObserved observed) {
            observed.lag().filter(lag -> lag.compareTo(largest) > 0).ifPresent(lag -> largest = lag);
        }
    }

    synchronized Duration seen() {
        return largest;
    }
}
