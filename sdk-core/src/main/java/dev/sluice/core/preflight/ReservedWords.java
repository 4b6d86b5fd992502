// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** No table, view or column of the scope has a name that the replica reserves and the source does not. The copy quotes all names. */
final class ReservedWords extends NamedCheck {
    ReservedWords() {
        super("reserved-words", VersionCode.WORD_RESERVED, Level.WARNING);
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        Set<String> words = NewWords.of(context);
        if (words.isEmpty()) {
            return List.of();
        }
        List<String> names = context
                .sourceSession()
                .query(query(words, context.replication().scope()))
                .stream()
                .map(row -> row.text("word") + " in " + row.text("db"))
                .toList();
        return names.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(), Labels.capital(Labels.replica(context)) + " reserves the names " + Listing.of(names)));
    }

    private static String query(Set<String> words, Scope scope) {
        String among = words.stream().map(Quote::literal).collect(Collectors.joining(", ", " IN (", ")"));
        String in = " AND " + ScopeSql.tables(scope, "TABLE_SCHEMA", "TABLE_NAME");
        return "SELECT TABLE_NAME AS word, TABLE_SCHEMA AS db FROM information_schema.TABLES WHERE UPPER(TABLE_NAME)"
                + among
                + in
                + " UNION SELECT COLUMN_NAME, CONCAT(TABLE_SCHEMA, '.', TABLE_NAME) FROM information_schema.COLUMNS"
                + " WHERE UPPER(COLUMN_NAME)" + among + in + " ORDER BY 2, 1";
    }
}
