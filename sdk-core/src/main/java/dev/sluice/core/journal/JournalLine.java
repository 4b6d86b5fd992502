// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A record as it is stored, with the token of the process that wrote it; in a file a checksum stands before both.
 *
 * @param token as {@link JournalWriter#token()}
 * @param entry the record's stored form, without a line feed; empty for a mark
 */
public record JournalLine(long token, String entry) {
    private static final int CHECKSUM = 8;

    /** No record, only that this token's process has the run: what those before it write later is not its history any more. */
    static JournalLine mark(long token) {
        return new JournalLine(token, "");
    }

    boolean isMark() {
        return entry.isEmpty();
    }

    /** Without a line feed. */
    String text() {
        String rest = token + " " + entry;
        return checksum(rest) + " " + rest;
    }

    /** Empty if the line is not as it was written. */
    static Optional<JournalLine> parse(String line) {
        if (line.length() <= CHECKSUM + 1 || line.charAt(CHECKSUM) != ' ') {
            return Optional.empty();
        }
        String rest = line.substring(CHECKSUM + 1);
        int blank = rest.indexOf(' ');
        if (blank < 1 || !checksum(rest).equals(line.substring(0, CHECKSUM))) {
            return Optional.empty();
        }
        return Optional.of(new JournalLine(Long.parseLong(rest.substring(0, blank)), rest.substring(blank + 1)));
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
