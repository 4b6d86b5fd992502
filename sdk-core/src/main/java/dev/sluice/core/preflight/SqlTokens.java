// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words and signs of a definition, as a server reads them: without comments, and without what is quoted. A word after a dot or an @
 * is a name whatever it says, and is not in the list. Immutable and thread-safe.
 *
 * @param tokens words in upper case, and parentheses, commas and semicolons
 */
record SqlTokens(List<String> tokens) {
    /** Possessive where texts may be long: else Java's stack has to hold each character. */
    private static final Pattern TOKEN = Pattern.compile(
            "--[ \\t][^\\n]*|--\\n|#[^\\n]*|/\\*.*?\\*/" // comments
                    + "|'(?:[^'\\\\]++|\\\\.|'')*+'|\"(?:[^\"\\\\]++|\\\\.|\"\")*+\"|`(?:[^`]++|``)*+`" // quoted
                    + "|(?<name>[.@]\\s*)?(?<word>[\\p{L}_$][\\p{L}\\p{N}_$]*)|(?<sign>[(),;])",
            Pattern.DOTALL);

    static SqlTokens of(String definition) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(definition);
        while (matcher.find()) {
            if (matcher.group("sign") != null) {
                tokens.add(matcher.group("sign"));
            } else if (matcher.group("word") != null && matcher.group("name") == null) {
                tokens.add(matcher.group("word").toUpperCase(Locale.ROOT));
            }
        }
        return new SqlTokens(List.copyOf(tokens));
    }

    /** Whether one of them is followed by another. */
    boolean has(String word, String next) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).equals(word) && tokens.get(i + 1).equals(next)) {
                return true;
            }
        }
        return false;
    }
}
