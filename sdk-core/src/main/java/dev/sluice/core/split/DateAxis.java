// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import dev.sluice.core.mysql.Quote;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates by the day, and dates with a time by the second: bounds have no more digits than any such column, so that no server rounds them.
 *
 * @param unit a day or a second
 */
record DateAxis(BigInteger low, BigInteger high, ChronoUnit unit) implements KeyAxis {
    private static final LocalDateTime FIRST = LocalDateTime.of(1, 1, 1, 0, 0);
    private static final LocalDateTime LAST = LocalDateTime.of(9999, 12, 31, 23, 59, 59);
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d).*");

    static DateAxis between(String least, String greatest, ChronoUnit unit) {
        LocalDateTime end = day(greatest).plusDays(1);
        return new DateAxis(point(day(least), unit), point(end.isAfter(LAST) ? LAST : end, unit), unit);
    }

    /** Whether there is such a day, or the date has zeros, which servers compare as they are. */
    static boolean exists(String text) {
        Matcher parts = parts(text);
        int month = Integer.parseInt(parts.group(2));
        int day = Integer.parseInt(parts.group(3));
        return month == 0
                || day <= YearMonth.of(Integer.parseInt(parts.group(1)), month).lengthOfMonth();
    }

    /** The day, or where that does not exist one near it: ends need not be exact. */
    private static LocalDateTime day(String text) {
        Matcher parts = parts(text);
        int year = Integer.parseInt(parts.group(1));
        return year == 0
                ? FIRST
                : LocalDateTime.of(year, Math.max(1, Integer.parseInt(parts.group(2))), 1, 0, 0)
                        .plusDays(Math.max(0, Integer.parseInt(parts.group(3)) - 1L));
    }

    private static Matcher parts(String text) {
        Matcher parts = DATE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a date: " + text);
        }
        return parts;
    }

    private static BigInteger point(LocalDateTime time, ChronoUnit unit) {
        return BigInteger.valueOf(FIRST.until(time, unit));
    }

    @Override
    public String literal(BigInteger point) {
        LocalDateTime time = FIRST.plus(point.longValueExact(), unit);
        String pattern = unit == ChronoUnit.DAYS ? "uuuu-MM-dd" : "uuuu-MM-dd HH:mm:ss";
        return Quote.literal(DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time));
    }
}
