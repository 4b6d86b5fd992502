// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import java.util.List;
import java.util.Map;

/**
 * The interval of an event. Some versions show those of two or more units as they were written, others as a number of the smallest.
 * Thread-safe: no state.
 */
final class EventInterval {
    /** How many of the next smaller unit each number but the last stands for. */
    private static final Map<String, List<Integer>> PARTS = Map.of(
            "YEAR_MONTH", List.of(12),
            "DAY_HOUR", List.of(24),
            "DAY_MINUTE", List.of(24, 60),
            "DAY_SECOND", List.of(24, 60, 60),
            "HOUR_MINUTE", List.of(60),
            "HOUR_SECOND", List.of(60, 60),
            "MINUTE_SECOND", List.of(60));

    private EventInterval() {}

    /** The number of smallest units, or the value itself where it is one already. */
    static String inSmallestUnit(String value, String field) {
        List<Integer> factors = PARTS.getOrDefault(field, List.of());
        String[] numbers = value.replace("'", "").strip().split("\\D+", -1);
        if (factors.isEmpty() || numbers.length != factors.size() + 1) {
            return value;
        }
        long total = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i].isEmpty() || numbers[i].length() > 9) {
                return value;
            }
            total += Long.parseLong(numbers[i]);
            total *= i < factors.size() ? factors.get(i) : 1;
        }
        return Long.toString(total);
    }
}
