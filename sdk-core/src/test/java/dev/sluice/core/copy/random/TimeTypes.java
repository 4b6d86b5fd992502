// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy.random;

import dev.sluice.core.copy.random.ColumnType.Family;
import java.util.Locale;

/** Dates and times, also those that do not exist. */
final class TimeTypes {
    private TimeTypes() {}

    static ColumnType any(Dice dice) {
        int digits = dice.percent(50) ? 0 : dice.between(1, 6);
        String size = digits == 0 ? "" : "(" + digits + ")";
        boolean exist = dice.percent(60);
        int first = dice.of(1, 1900, 1971, 2024, 9990);
        int last = first + dice.of(0, 1, 9);
        return switch (dice.below(6)) {
            case 0, 1 -> new ColumnType("DATE", Family.DATE, each -> "'" + date(each, first, last, exist) + "'");
            case 2 ->
                new ColumnType(
                        "DATETIME" + size,
                        Family.DATE,
                        each -> "'" + date(each, first, last, exist) + " " + clock(each, 23) + "'");
            case 3 -> new ColumnType("TIMESTAMP" + size, Family.DATE, each -> stamp(each, exist));
            case 4 -> new ColumnType("TIME" + size, Family.TIME, each -> time(each, first % 2 == 0 ? 838 : 1));
            default -> new ColumnType("YEAR", Family.YEAR, each -> each.of("0", "1901", "2155", "'0000'", year(each)));
        };
    }

    private static String year(Dice dice) {
        return String.valueOf(dice.between(1970, 2040));
    }

    private static String date(Dice dice, int first, int last, boolean exist) {
        if (dice.percent(5)) {
            return dice.of("1000-01-01", "9999-12-31", "0001-01-01", "2024-02-29");
        }
        if (!exist && dice.percent(30)) {
            return dice.of(
                    "0000-00-00", "2024-00-00", "2024-02-00", "2024-02-31", "0000-01-01", "0000-00-05", "1999-11-31");
        }
        return String.format(
                Locale.ROOT, "%04d-%02d-%02d", dice.between(first, last), dice.between(1, 12), dice.between(1, 28));
    }

    private static String stamp(Dice dice, boolean exist) {
        if (!exist && dice.percent(20)) {
            return "'0000-00-00 00:00:00'";
        }
        if (dice.percent(8)) {
            return dice.of(
                    "'1970-01-01 00:00:01'",
                    "'2038-01-19 03:14:07.499999'",
                    "'2024-10-27 01:30:00'",
                    "'2038-01-19 03:14:07'");
        }
        return "'" + date(dice, 1971, 2037, true) + " " + clock(dice, 23) + "'";
    }

    private static String time(Dice dice, int hours) {
        if (dice.percent(8)) {
            return dice.of(
                    "'-838:59:59'",
                    "'838:59:59'",
                    "'00:00:00'",
                    "'-00:00:00.000001'",
                    "'00:00:00.999999'",
                    "'-00:59:59.9'");
        }
        return "'" + dice.of("", "-") + clock(dice, hours) + "'";
    }

    private static String clock(Dice dice, int hours) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%06d",
                dice.between(0, hours),
                dice.between(0, 59),
                dice.between(0, 59),
                dice.of(0, 499_999, 999_999, dice.between(0, 999_999)));
    }
}
