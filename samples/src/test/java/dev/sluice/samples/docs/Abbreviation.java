// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import java.util.ArrayList;
import java.util.List;

/** A preview for a guide: of an operation with very many statements, which are the same in all plans, the first ones and how many follow. */
final class Abbreviation {
    private static final String STATEMENT = " ".repeat(7);
    private static final String FINGERPRINT = "  Fingerprint: ";
    private static final int MOST = 10;
    private static final int SHOWN = 3;

    private Abbreviation() {}

    static String of(String preview) {
        StringBuilder text = new StringBuilder();
        List<String> statements = new ArrayList<>();
        for (String line : preview.lines().toList()) {
            if (line.startsWith(STATEMENT)) {
                statements.add(line);
                continue;
            }
            append(text, statements);
            statements.clear();
            // Of facts that no reader has, and another one as soon as an operation is worded otherwise.
            text.append(line.startsWith(FINGERPRINT) ? FINGERPRINT + "…" : line).append('\n');
        }
        append(text, statements);
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> statements) {
        boolean all = statements.size() <= MOST;
        statements.stream()
                .limit(all ? MOST : SHOWN)
                .forEach(line -> text.append(line).append('\n'));
        if (!all) {
            text.append(STATEMENT)
                    .append("… and ")
                    .append(statements.size() - SHOWN)
                    .append(" more, which are those of every copy or comparison\n");
        }
    }
}
