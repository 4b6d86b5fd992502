// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The words that the replica reserves and the source does not. Servers list their words from 8.0.13 on; of older sources it is known which
 * words came later.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/keywords.html">MySQL: keywords and reserved words</a>
 */
final class NewWords {
    private static final Set<String> SINCE_8 = Set.of(
            "CUBE",
            "CUME_DIST",
            "DENSE_RANK",
            "EMPTY",
            "EXCEPT",
            "FIRST_VALUE",
            "FUNCTION",
            "GROUPING",
            "GROUPS",
            "INTERSECT",
            "JSON_TABLE",
            "LAG",
            "LAST_VALUE",
            "LATERAL",
            "LEAD",
            "LIBRARY",
            "MANUAL",
            "NTH_VALUE",
            "NTILE",
            "OF",
            "OVER",
            "PARALLEL",
            "PERCENT_RANK",
            "QUALIFY",
            "RANK",
            "RECURSIVE",
            "ROW",
            "ROWS",
            "ROW_NUMBER",
            "SYSTEM",
            "TABLESAMPLE",
            "WINDOW");

    /** Older servers know them as parts of statements, so that to find one in a definition says nothing. */
    private static final Set<String> IN_STATEMENTS =
            Set.of("CUBE", "FUNCTION", "LIBRARY", "OF", "ROW", "ROWS", "SYSTEM");

    private NewWords() {}

    /** In upper case; none where the replica is not of a later version. */
    static Set<String> of(LiveContext context) {
        if (!context.replica().version().isAtLeast(8, 0, 13)
                || context.source().version().equals(context.replica().version())) {
            return Set.of();
        }
        Set<String> words = reserved(context.replicaSession());
        if (context.source().version().isAtLeast(8, 0, 13)) {
            words.removeAll(reserved(context.sourceSession()));
        } else {
            words.retainAll(SINCE_8);
        }
        return words;
    }

    /** Those that are names wherever they stand alone in a definition. */
    static Set<String> inDefinitions(LiveContext context) {
        Set<String> words = new TreeSet<>(of(context));
        words.removeAll(IN_STATEMENTS);
        return words;
    }

    private static Set<String> reserved(ServerSession session) {
        return session.query("SELECT WORD AS word FROM information_schema.KEYWORDS WHERE RESERVED = 1").stream()
                .map(row -> row.text("word"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
