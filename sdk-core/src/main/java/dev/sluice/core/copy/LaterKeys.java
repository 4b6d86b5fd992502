// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which keys and foreign keys of a table are left out until its rows are there. Immutable and thread-safe.
 *
 * @param first the definition without them
 * @param keys the keys, as {@code ADD} takes them
 * @param foreignKeys the foreign keys, as {@code ADD} takes them
 */
record LaterKeys(String first, List<String> keys, List<String> foreignKeys) {
    private static final String NAME = "`(?:[^`]|``)*+`";
    private static final Pattern KEY =
            Pattern.compile("(UNIQUE |FULLTEXT |SPATIAL |)KEY " + NAME + " \\((.*)", Pattern.DOTALL);
    private static final Pattern FOREIGN_KEY =
            Pattern.compile("CONSTRAINT " + NAME + " FOREIGN KEY \\(.*", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile(NAME + "|'(?:[^'\\\\]|''|\\\\.)*+'", Pattern.DOTALL);
    /** Keys over expressions have hidden columns, whose later addition would rebuild the table. */
    private static final Pattern EXPRESSION = Pattern.compile("(?:^|,)\\(");

    private static final String PRIMARY = "PRIMARY KEY (";
    private static final String UNIQUE = "UNIQUE ";

    LaterKeys {
        keys = List.copyOf(keys);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** What may come later. */
    enum Choice {
        NOTHING,
        /** Since keys that they need, of this table or another, come later. */
        FOREIGN_KEYS,
        KEYS_AND_FOREIGN_KEYS
    }

    /** The rows are ordered by the primary key, and what counts them up has to be a key from the start. */
    static LaterKeys of(String statement, Choice choice) {
        CreateTable table = CreateTable.parse(statement);
        Optional<String> primary = table.elements().stream()
                .filter(element -> element.startsWith(PRIMARY))
                .findFirst();
        Optional<String> counter = table.elements().stream()
                .filter(LaterKeys::counts)
                .map(LaterKeys::firstName)
                .findFirst()
                .filter(name -> primary.stream().noneMatch(key -> key.startsWith(PRIMARY + name)));
        List<String> first = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        List<String> foreignKeys = new ArrayList<>();
        for (String element : table.elements()) {
            Matcher key = KEY.matcher(element);
            if (choice == Choice.KEYS_AND_FOREIGN_KEYS && key.matches() && canWait(key, primary.isPresent(), counter)) {
                keys.add(element);
            } else if (choice != Choice.NOTHING && FOREIGN_KEY.matcher(element).matches()) {
                foreignKeys.add(element);
            } else {
                first.add(element);
            }
        }
        return new LaterKeys(table.with(first), keys, foreignKeys);
    }

    private static boolean canWait(Matcher key, boolean hasPrimary, Optional<String> counter) {
        boolean clustering = !hasPrimary && key.group(1).equals(UNIQUE);
        boolean counting = counter.filter(name -> key.group(2).startsWith(name)).isPresent();
        return !clustering
                && !counting
                && !EXPRESSION.matcher(withoutNames(key.group(2))).find();
    }

    private static boolean counts(String element) {
        return element.startsWith("`") && withoutNames(element).contains(" AUTO_INCREMENT");
    }

    private static String withoutNames(String text) {
        return QUOTED.matcher(text).replaceAll("x");
    }

    private static String firstName(String column) {
        return column.substring(0, CreateTable.endOfQuoted(column, 0));
    }

    /** In which groups the keys are added: together what one pass over the rows can build. */
    List<List<String>> groups() {
        List<String> together = keys.stream().filter(LaterKeys::isPlain).toList();
        List<List<String>> groups = new ArrayList<>();
        if (!together.isEmpty()) {
            groups.add(together);
        }
        keys.stream().filter(key -> !isPlain(key)).map(List::of).forEach(groups::add);
        return groups;
    }

    /** InnoDB builds one FULLTEXT index at a time, and spatial ones under another lock. */
    private static boolean isPlain(String key) {
        return key.startsWith("KEY ") || key.startsWith(UNIQUE);
    }
}
