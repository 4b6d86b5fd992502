// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces words of a query, and leaves what stands in quotes and comments. */
final class Literals {
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

    /** Of the same length, so that places are the same. No pattern does it: those of this kind go as deep as the text is long. */
    private static String masked(String query) {
        StringBuilder masked = new StringBuilder(query);
        int start = 0;
        while (start < query.length()) {
            int end = endOfQuoted(query, start);
            for (int at = start; at < end; at++) {
                masked.setCharAt(at, '?');
            }
            start = Math.max(end, start + 1);
        }
        return masked.toString();
    }

    /** The start itself if nothing quoted begins there. */
    private static int endOfQuoted(String query, int start) {
        char first = query.charAt(start);
        if (first == '\'' || first == '"' || first == '`') {
            return endOfLiteral(query, start, first);
        }
        if (query.startsWith("/*", start)) {
            return after(query, "*/", start + 2);
        }
        return first == '#' || query.startsWith("-- ", start) ? after(query, "\n", start) : start;
    }

    /** A doubled quote ends one literal and begins the next, which comes to the same. */
    private static int endOfLiteral(String query, int start, char quote) {
        for (int at = start + 1; at < query.length(); at++) {
            if (query.charAt(at) == quote) {
                return at + 1;
            }
            if (query.charAt(at) == '\\' && quote != '`') {
                at++;
            }
        }
        return query.length();
    }

    private static int after(String query, String end, int from) {
        int found = query.indexOf(end, from);
        return found < 0 ? query.length() : found + end.length();
    }
}
