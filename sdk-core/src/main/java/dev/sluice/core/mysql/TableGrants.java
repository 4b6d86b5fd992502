// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.plan.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a user may do on single tables, from the lines of {@code SHOW GRANTS}; privileges on single columns do not count. Immutable. */
final class TableGrants {
    private static final Pattern LINE =
            Pattern.compile("GRANT (.+) ON `((?:[^`]|``)*)`\\.`((?:[^`]|``)*)` TO .*", Pattern.DOTALL);
    private static final Pattern COLUMNS = Pattern.compile("\\w+(?: \\w+)* \\([^)]*\\)");

    private final Map<TableName, Set<String>> privileges = new TreeMap<>();

    TableGrants(Collection<String> lines) {
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                TableName table = TableName.of(plain(matcher.group(2)), plain(matcher.group(3)));
                privileges
                        .computeIfAbsent(table, absent -> new TreeSet<>())
                        .addAll(names(COLUMNS.matcher(matcher.group(1)).replaceAll("")));
            }
        }
    }

    private static String plain(String quoted) {
        return quoted.replace("``", "`");
    }

    private static List<String> names(String list) {
        return Stream.of(list.split(",")).map(String::strip).toList();
    }

    boolean has(TableName table, String privilege) {
        Set<String> held = privileges.getOrDefault(table, Set.of());
        return held.contains(privilege) || held.contains("ALL PRIVILEGES");
    }
}
