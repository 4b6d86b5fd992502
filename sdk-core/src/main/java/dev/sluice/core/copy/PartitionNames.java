// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.util.regex.Pattern;

/**
 * Old servers show partition names without backticks where they were no reserved words then; newer servers have more reserved
 * words. All names are put into backticks, which every server takes.
 */
final class PartitionNames {
    /** The clause stands at the end, in a comment of its own; each partition begins a line. */
    private static final Pattern NAME = Pattern.compile("(?m)^([ (]*(?:SUB)?PARTITION )((?!BY )[^\\s`]+)(?= )");

    private PartitionNames() {}

    static String quotedIn(String createTable) {
        int clause = createTable.lastIndexOf("\n/*!50");
        if (clause < 0) {
            return createTable;
        }
        // The clause's own first words, PARTITION BY, stand behind the comment's sign and do not begin the line.
        return createTable.substring(0, clause)
                + NAME.matcher(createTable.substring(clause)).replaceAll("$1`$2`");
    }
}
