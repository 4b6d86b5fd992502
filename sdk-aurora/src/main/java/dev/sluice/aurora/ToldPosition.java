// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.coordinates.BinlogPosition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A position as a person tells it: the message of AWS's event, or only its end. */
final class ToldPosition {
    static final String QUESTION = "the message of the event: Binlog position from crash recovery is <file> <position>";

    /** Positions begin at 4, and have fewer than nineteen digits. */
    static final String PATTERN = "(?s)(?:.*\\s)?(\\S+\\.\\d{6,})\\s+(0*(?:[4-9]|[1-9]\\d{1,17}))\\s*";

    private static final Pattern TOLD = Pattern.compile(PATTERN);

    private ToldPosition() {}

    /**
     * The position.
     *
     * @throws IllegalArgumentException if it does not match {@link #PATTERN}
     */
    static BinlogPosition in(String answer) {
        Matcher matcher = TOLD.matcher(answer);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("No position was told");
        }
        return new BinlogPosition(matcher.group(1), Long.parseLong(matcher.group(2)));
    }
}
