// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Quote;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * InnoDB's numbers of tables and partitions at one time. A table that was renamed away and replaced, as online schema changes do,
 * and on 5.7 a truncated one, reads on without an error inside an older snapshot, but with another table's rows or none. Its
 * number tells. Immutable and thread-safe.
 *
 * <p>The server stores names in an encoding of its own. Names of ASCII characters are found exactly; a table with other letters in
 * its name is taken as changed when any table with an unusual name is.
 */
final class TableIdentities {
    private static final String UNUSUAL = "@";

    /** More names are not worth sending: the server looks through all of its tables either way. */
    private static final int MOST_BY_NAME = 2000;

    private static final String QUERY = "SELECT NAME AS name, TABLE_ID AS id FROM information_schema.";

    private final Map<TableName, Map<String, Long>> numbers;

    private TableIdentities(Map<TableName, Map<String, Long>> numbers) {
        this.numbers = Map.copyOf(numbers);
    }

    /** The present numbers of these tables; tables that InnoDB does not hold have none. */
    static TableIdentities read(ServerSession session, ServerVersion version, Collection<TableName> tables) {
        String list = version.isAtLeast(8, 0, 0) ? "INNODB_TABLES" : "INNODB_SYS_TABLES";
        return of(session.query(QUERY + list + (tables.size() > MOST_BY_NAME ? "" : condition(tables))), tables);
    }

    /** All partitions of these tables, and whatever has an unusual name. */
    private static String condition(Collection<TableName> tables) {
        String names = tables.stream()
                .flatMap(table -> stored(table).stream())
                .map(Quote::literal)
                .collect(Collectors.joining(", "));
        return " WHERE NAME LIKE '%" + UNUSUAL + "%'"
                + (names.isEmpty() ? "" : " OR SUBSTRING_INDEX(NAME, '#', 1) IN (" + names + ")");
    }

    static TableIdentities of(List<Row> rows, Collection<TableName> tables) {
        Map<String, Map<String, Long>> byTable = new HashMap<>();
        Map<String, Long> unusual = new TreeMap<>();
        for (Row row : rows) {
            String name = row.text("name");
            byTable.computeIfAbsent(withoutPartition(name), absent -> new TreeMap<>())
                    .put(name, row.number("id"));
            if (name.contains(UNUSUAL)) {
                unusual.put(name, row.number("id"));
            }
        }
        Map<TableName, Map<String, Long>> found = new HashMap<>();
        for (TableName table : tables) {
            Optional<String> stored = stored(table);
            Map<String, Long> own =
                    stored.map(name -> byTable.getOrDefault(name, Map.of())).orElse(unusual);
            found.put(table, own.isEmpty() ? unusual : own);
        }
        return new TableIdentities(found);
    }

    /** Partitions are stored as {@code db/table#P#name}, or {@code #p#}; a hash sign in a name is encoded. */
    private static String withoutPartition(String name) {
        int hash = name.indexOf('#', name.indexOf('/') + 1);
        return hash < 0 ? name : name.substring(0, hash);
    }

    private static Optional<String> stored(TableName table) {
        return encoded(table.database()).flatMap(db -> encoded(table.table()).map(name -> db + "/" + name));
    }

    /** As file names: letters, digits and underscore stay, other ASCII characters become {@code @} and four hex digits. */
    private static Optional<String> encoded(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 127) {
                return Optional.empty();
            }
            boolean stays = c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            text.append(
                    stays
                            ? String.valueOf(c)
                            : "@00" + Integer.toHexString(0x100 | c).substring(1));
        }
        return Optional.of(text.toString());
    }

    /** The table is the same, or was not known when these were read. */
    boolean isSame(TableName table, TableIdentities now) {
        Map<String, Long> own = numbers.get(table);
        return own == null || own.equals(now.numbers.get(table));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableIdentities that && numbers.equals(that.numbers);
    }

    @Override
    public int hashCode() {
        return numbers.hashCode();
    }

    @Override
    public String toString() {
        return numbers.toString();
    }
}
