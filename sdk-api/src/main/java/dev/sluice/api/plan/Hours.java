// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import java.time.Duration;

/** Retention is told in whole hours, since that is what managed servers take. */
final class Hours {
    private Hours() {}

    static Duration requireWhole(Duration window) {
        if (window.compareTo(Duration.ofHours(1)) < 0 || !window.equals(Duration.ofHours(window.toHours()))) {
            throw new IllegalArgumentException("Binary logs are retained for whole hours, at least 1, not " + window);
        }
        return window;
    }
}
