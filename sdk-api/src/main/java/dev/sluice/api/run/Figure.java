// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A number, or why it is not known. Immutable and thread-safe.
 *
 * @param valueOrNull see {@link #value()}
 * @param whyUnknown {@code ""} if it is known
 */
public record Figure(@Nullable Long valueOrNull, String whyUnknown) {
    public Figure {
        requireNonNull(whyUnknown, "whyUnknown");
        if ((valueOrNull == null) == whyUnknown.isEmpty()) {
            throw new IllegalArgumentException("Either known, or a reason why not");
        }
    }

    /** A number that is known. */
    public static Figure of(long value) {
        return new Figure(value, "");
    }

    /** One that is not, and why. */
    public static Figure unknown(String why) {
        return new Figure(null, why);
    }

    /** The number; empty if it is not known. */
    public OptionalLong value() {
        Long known = valueOrNull;
        return known == null ? OptionalLong.empty() : OptionalLong.of(known);
    }

    @Override
    public String toString() {
        Long known = valueOrNull;
        return known == null ? "unknown: " + whyUnknown : known.toString();
    }
}
