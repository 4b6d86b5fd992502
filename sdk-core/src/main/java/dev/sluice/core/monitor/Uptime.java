// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import java.time.Duration;

/** A clock that only measures: nobody sets it, so that what is measured by it is right also when the host's time is corrected. Thread-safe. */
@FunctionalInterface
public interface Uptime {
    /** How much time has passed since this clock began. */
    Duration now();

    /** One that begins now. */
    static Uptime begin() {
        long start = System.nanoTime();
        return () -> Duration.ofNanos(System.nanoTime() - start);
    }
}
