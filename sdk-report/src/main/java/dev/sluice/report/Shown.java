// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as people read them. */
final class Shown {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String[] UNITS = {"bytes", "KB", "MB", "GB", "TB", "PB", "EB"};

    private Shown() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** In powers of 1,000. */
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    static String millis(long millis) {
        return millis < 1000 ? millis + " ms" : took(Duration.ofMillis(millis));
    }

    private static String took(Duration time) {
        if (time.toMinutes() == 0) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        if (time.toHours() == 0) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        return time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    static String time(Instant at) {
        return TIME.format(at) + " UTC";
    }

    /** {@code NOT_REACHED} as "not reached". */
    static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
