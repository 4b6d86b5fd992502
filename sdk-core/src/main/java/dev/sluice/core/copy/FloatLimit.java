// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The largest number that a FLOAT with a number of digits takes, as the server computes it. Immutable and thread-safe.
 *
 * @param digits all of them
 * @param decimals those behind the point
 */
record FloatLimit(int digits, int decimals) {
    private static final Pattern TYPE = Pattern.compile("float\\((\\d+),(\\d+)\\).*");

    /** Empty for a type without digits, which has no limit of its own. */
    static Optional<FloatLimit> of(String columnType) {
        Matcher type = TYPE.matcher(columnType);
        return type.matches()
                ? Optional.of(new FloatLimit(Integer.parseInt(type.group(1)), Integer.parseInt(type.group(2))))
                : Optional.empty();
    }

    /** As a literal of a DOUBLE, where one can hold it. */
    @Override
    public String toString() {
        double limit = Math.pow(10, digits - decimals) - 1 / Math.pow(10, decimals);
        String literal = Double.toString(Math.min(limit, Double.MAX_VALUE));
        return literal.contains("E") ? literal : literal + "E0";
    }
}
