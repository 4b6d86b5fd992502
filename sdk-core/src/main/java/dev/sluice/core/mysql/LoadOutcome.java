// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says after {@code LOAD DATA}. LOCAL implies IGNORE, so that rows can be skipped or cut without an error: a load
 * is good only if {@link #isComplete(long)}. Immutable and thread-safe.
 *
 * @param records rows that the server read
 * @param deleted rows that were replaced
 * @param skipped rows that were left out
 * @param warnings values that were changed, rows that were skipped
 */
public record LoadOutcome(long records, long deleted, long skipped, long warnings) {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** Reads {@code Records: 1  Deleted: 0  Skipped: 0  Warnings: 0}, in whatever language the server speaks. */
    static LoadOutcome parse(String info) {
        List<Long> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(info);
        while (matcher.find()) {
            numbers.add(Long.parseLong(matcher.group()));
        }
        if (numbers.size() != 4) {
            throw new IllegalArgumentException("Not what a server says about LOAD DATA: " + info);
        }
        return new LoadOutcome(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }

    /** Whether exactly the rows that were sent are in the table, unchanged. */
    public boolean isComplete(long rowsSent) {
        return records == rowsSent && deleted == 0 && skipped == 0 && warnings == 0;
    }
}
