// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import dev.sluice.testservers.GeneralLog.Entry;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of a general log, whose format is the same from 5.7 on: a line is {@code time TAB id SPACE command TAB argument}, an
 * argument may hold line breaks, and three lines of heading stand where the log was opened.
 */
final class GeneralLogText {
    /** The commands are those of the server's table {@code Command_names}; a line of a statement can hardly look like this. */
    private static final Pattern START = Pattern.compile(
            "^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}(?:Z|[+-]\\d\\d:\\d\\d))\\t *(\\d+) ([A-Z][A-Za-z]*(?: [A-Za-z]+)*)\\t",
            Pattern.MULTILINE);

    private static final Pattern HEADING = Pattern.compile(
            "^\\S.*, Version: .* started with:\\nTcp port: .*\\nTime +Id +Command +Argument\\n", Pattern.MULTILINE);

    private GeneralLogText() {}

    /** The complete entries of a piece of log that begins where an entry or a heading does. */
    static List<Entry> parse(byte[] log) {
        String text = HEADING.matcher(completeLines(log)).replaceAll("");
        List<Entry> entries = new ArrayList<>();
        Matcher start = START.matcher(text);
        boolean found = start.find();
        while (found) {
            OffsetDateTime at = OffsetDateTime.parse(start.group(1));
            long id = Long.parseLong(start.group(2));
            String command = start.group(3);
            int argument = start.end();
            found = start.find();
            int end = found ? start.start() : text.length();
            // Each entry ends with a line break of the log's own.
            entries.add(new Entry(at.toInstant(), id, command, text.substring(argument, Math.max(argument, end - 1))));
        }
        return entries;
    }

    private static String completeLines(byte[] log) {
        int end = log.length;
        while (end > 0 && log[end - 1] != '\n') {
            end--;
        }
        return new String(log, 0, end, StandardCharsets.UTF_8);
    }
}
