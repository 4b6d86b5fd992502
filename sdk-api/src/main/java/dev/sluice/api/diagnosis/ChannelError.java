// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.diagnosis;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * An error that a half of a replication channel shows. Immutable and thread-safe.
 *
 * @param number MySQL's error number; 8.0 has other ones for some errors than 5.7
 * @param text the server's text without the statement that failed; it may hold values of keys, so that evidence shows it shortened only
 */
public record ChannelError(int number, String text) {
    public ChannelError {
        requireNonNull(text, "text");
    }

    /** Whether the text has this part, in any case. */
    public boolean says(String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    /** The number alone: the text may hold values. */
    @Override
    public String toString() {
        return "error " + number;
    }
}
