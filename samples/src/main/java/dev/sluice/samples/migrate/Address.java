// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import org.jspecify.annotations.Nullable;

/** Where a server answers. */
record Address(String host, int port) {
    /** Reads {@code HOST[:PORT]}. */
    static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        return colon < 0
                ? new Address(text, 3306)
                : new Address(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    static String required(@Nullable String value, String option) {
        if (value == null) {
            throw new Misunderstood("Give " + option + " as well");
        }
        return value;
    }
}
