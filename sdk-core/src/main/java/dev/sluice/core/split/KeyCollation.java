// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Quote;
import java.util.stream.Collectors;

/**
 * How a column of text compares. Immutable and thread-safe.
 *
 * @param characterSet the column's character set
 * @param name the column's collation
 * @param alphabet those letters and digits of ASCII that it tells apart, in its order
 */
record KeyCollation(String characterSet, String name, String alphabet) {
    private static final String ASCII = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** Asks the server. */
    static KeyCollation of(ServerSession session, TableName table, String column) {
        KeyCollation unknown = session.queryOne("SELECT CHARACTER_SET_NAME AS cs, COLLATION_NAME AS coll"
                        + " FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = " + Quote.literal(table.database())
                        + " AND TABLE_NAME = " + Quote.literal(table.table()) + " AND COLUMN_NAME = "
                        + Quote.literal(column))
                .map(row -> new KeyCollation(row.text("cs"), row.text("coll"), ""))
                .orElseThrow();
        return new KeyCollation(unknown.characterSet, unknown.name, unknown.askForAlphabet(session));
    }

    private String askForAlphabet(ServerSession session) {
        String letters = ASCII.chars()
                .mapToObj(letter -> "SELECT " + of(Quote.literal(String.valueOf((char) letter))) + " AS c")
                .collect(Collectors.joining(" UNION ALL "));
        return session.query("SELECT c FROM (" + letters + ") letters GROUP BY c ORDER BY c").stream()
                .map(row -> row.text("c"))
                .collect(Collectors.joining());
    }

    /** A literal as the column would hold it. */
    String of(String literal) {
        return "CONVERT(" + literal + " USING " + characterSet + ") COLLATE " + name;
    }
}
