// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import dev.sluice.core.mysql.Quote;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times by the second, from -838:59:59 to 838:59:59. */
record TimeAxis(BigInteger low, BigInteger high) implements KeyAxis {
    private static final Pattern TIME = Pattern.compile("(-?)(\\d+):(\\d\\d):(\\d\\d).*");

    static TimeAxis between(String least, String greatest) {
        // A part of a second below zero is before the second that is written.
        return new TimeAxis(BigInteger.valueOf(seconds(least) - 1), BigInteger.valueOf(seconds(greatest) + 1));
    }

    private static long seconds(String text) {
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a time: " + text);
        }
        long seconds = (Long.parseLong(parts.group(2)) * 60 + Long.parseLong(parts.group(3))) * 60
                + Long.parseLong(parts.group(4));
        return parts.group(1).isEmpty() ? seconds : -seconds;
    }

    @Override
    public String literal(BigInteger point) {
        long seconds = Math.abs(point.longValueExact());
        return Quote.literal(String.format(
                Locale.ROOT,
                "%s%02d:%02d:%02d",
                point.signum() < 0 ? "-" : "",
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60));
    }
}
