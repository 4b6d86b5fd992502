// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

/**
 * A way in which the source's data, up to a known position in its binary log, gets to the replica. {@link #LOGICAL_COPY} works between any two
 * servers; engines name further ones. Immutable and thread-safe.
 *
 * @param name lower-case letters and dashes, such as {@code temporary-read-replica}; unique among the engines at hand
 */
public record Seed(String name) {
    /** Rows are read from the source itself, from snapshots that are opened under a short lock. The default. */
    public static final Seed LOGICAL_COPY = new Seed("logical-copy");

    public Seed {
        if (!name.matches("[a-z]+(-[a-z]+)*")) {
            throw new IllegalArgumentException(
                    "A way to seed a replica has lower-case letters and dashes, not '" + name + "'");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
