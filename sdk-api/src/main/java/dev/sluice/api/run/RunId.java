// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The name of one run, such as {@code r-20261121-080000-5f3a9c}: it sorts by time and tells runs of the same second apart.
 * Immutable and thread-safe.
 *
 * @param value at most 40 letters, digits and dashes
 */
public record RunId(String value) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    public RunId {
        if (!value.matches("[A-Za-z0-9-]{1,40}")) {
            throw new IllegalArgumentException(
                    "A run id has at most 40 letters, digits and dashes, not '" + value + "'");
        }
    }

    /** A new id for a run that begins at this moment. */
    public static RunId startingAt(Instant now) {
        return new RunId(String.format("r-%s-%06x", TIME.format(now), new SecureRandom().nextInt(1 << 24)));
    }

    @Override
    public String toString() {
        return value;
    }
}
