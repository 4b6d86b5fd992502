// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.spi.Row;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * At which transaction an applier's error says that it stopped.
 *
 * @param gtid of the transaction, {@code ""} if it has none or the error does not say it
 * @param endLogPos where the event ends in the source's log, {@code ""} if the error does not say it
 */
record FailedAt(String gtid, String endLogPos) {
    static final FailedAt UNKNOWN = new FailedAt("", "");
    private static final Pattern TRANSACTION = Pattern.compile("transaction '([0-9A-Fa-f-]{36}:[^']+)'");
    private static final Pattern END = Pattern.compile("end_log_pos (\\d+)");

    /** What the text of an error says. */
    static FailedAt toldBy(String message) {
        return new FailedAt(first(TRANSACTION, message), first(END, message));
    }

    /** What the replica's status says. */
    static FailedAt toldBy(Row status) {
        return toldBy(status.find("Last_SQL_Error").orElse(""));
    }

    private static String first(Pattern pattern, String message) {
        Matcher found = pattern.matcher(message);
        return found.find() ? found.group(1) : "";
    }
}
