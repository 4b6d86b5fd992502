// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import java.time.Duration;
import java.util.StringJoiner;

/** Durations as people write them. */
final class TimeText {
    private TimeText() {}

    /** Exactly, in hours and less, as tests give them: {@code 144 h}, {@code 1 h 30 min}, {@code 0.25 s}. */
    static String of(Duration time) {
        if (time.isNegative()) {
            return "-" + of(time.negated());
        }
        StringJoiner parts = new StringJoiner(" ").setEmptyValue("0 s");
        if (time.toHours() > 0) {
            parts.add(time.toHours() + " h");
        }
        if (time.toMinutesPart() > 0) {
            parts.add(time.toMinutesPart() + " min");
        }
        Duration rest = time.minusMinutes(time.toMinutes());
        if (!rest.isZero()) {
            // PT0.25S is what Java calls it.
            parts.add(rest.toString().replaceAll("[PTS]", "") + " s");
        }
        return parts.toString();
    }
}
