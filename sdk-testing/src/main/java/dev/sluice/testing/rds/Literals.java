// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces words of a query, and leaves what stands in quotes and comments. */
final class Literals {
    private static final Pattern QUOTED = Pattern.compile(
            "'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.|\"\")*\"|`(?:[^`]|``)*`|/\\*.*?\\*/|--\\s[^\\n]*|#[^\\n]*",
            Pattern.DOTALL);

    private Literals() {}

    static String replaceOutside(String query, Pattern words, Function<MatchResult, String> replacement) {
        Matcher found = words.matcher(masked(query));
        StringBuilder changed = new StringBuilder();
        int end = 0;
        while (found.find()) {
            changed.append(query, end, found.start()).append(replacement.apply(found));
            end = found.end();
        }
        return changed.append(query, end, query.length()).toString();
    }

    /** Of the same length, so that places are the same. */
    private static String masked(String query) {
        return QUOTED.matcher(query)
                .replaceAll(quoted -> "?".repeat(quoted.group().length()));
    }
}
