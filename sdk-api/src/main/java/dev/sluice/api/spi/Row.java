// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a small result, by column label, all values as text. Labels are found in any case. Immutable and thread-safe.
 */
public final class Row {
    private final Map<String, @Nullable String> values;

    private Row(Map<String, @Nullable String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** A row with these values in this order; a value may be null. */
    public static Row of(Map<String, @Nullable String> values) {
        Map<String, @Nullable String> lower = new LinkedHashMap<>();
        values.forEach((label, value) -> lower.put(label.toLowerCase(Locale.ROOT), value));
        return new Row(lower);
    }

    /** The value, empty if it is NULL or the row has no such column. */
    public Optional<String> find(String label) {
        return Optional.ofNullable(values.get(label.toLowerCase(Locale.ROOT)));
    }

    /** The value under the first of these labels that the row has and that is not NULL: servers rename their columns. */
    public Optional<String> findAny(String... labels) {
        for (String label : labels) {
            Optional<String> value = find(label);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    /**
     * The value.
     *
     * @throws IllegalArgumentException if it is NULL or there is no such column
     */
    public String text(String label) {
        return find(label)
                .orElseThrow(
                        () -> new IllegalArgumentException("No value in column " + label + " of " + values.keySet()));
    }

    /**
     * The value as a whole number.
     *
     * @throws IllegalArgumentException if it is NULL, absent or not a number
     */
    public long number(String label) {
        return Long.parseLong(text(label));
    }

    /** The first column's value, empty if it is NULL. */
    public Optional<String> first() {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(values.values().iterator().next());
    }

    /** The labels, lower-case, in order. */
    public Iterable<String> labels() {
        return values.keySet();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
