// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What tells one row of a table from the others: the values of its key as {@link KeyColumn} reads them, or the row's own checksum
 * where the table has no key. Immutable.
 */
record RowKey(List<String> values) {
    private static final int SHOWN = 64;

    RowKey {
        values = List.copyOf(values);
    }

    /** How many characters its values have. */
    long length() {
        return values.stream().mapToLong(String::length).sum();
    }

    /** A value for people, cut to 64 characters. */
    static String shortened(String value) {
        if (value.length() <= SHOWN) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(SHOWN - 2)) ? SHOWN - 2 : SHOWN - 1;
        return value.substring(0, end) + "…";
    }

    @Override
    public String toString() {
        return values.stream().map(RowKey::shortened).collect(Collectors.joining(", ", "(", ")"));
    }
}
