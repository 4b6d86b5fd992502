// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.SqlFailures;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * InnoDB's numbers of tables and partitions at one time. A table that was renamed away and replaced, as online schema changes do,
 * and on 5.7 a truncated one, reads on without an error inside an older snapshot, but with another table's rows or none. Its
 * number tells. Immutable and thread-safe.
 *
 * <p>A table of its own file is known by the number of that tablespace, which the dictionary finds by an index; others by the table's
 * number, for which the server looks through all tables. Both are new whenever a table is made.
 *
 * <p>The server stores names in an encoding of its own. Names of ASCII characters are found exactly; a table with other letters in
 * its name is taken as changed when any table with an unusual name is.
 */
final class TableIdentities {
    private static final String UNUSUAL = "@";

    /** More names are not worth sending: the server looks through all of its tables either way. */
    private static final int MOST_BY_NAME = 2000;

    /** Names in a question that the dictionary answers by its index. */
    private static final int NAMES_A_LOOKUP = 500;

    private static final String QUERY = "SELECT NAME AS name, TABLE_ID AS id FROM information_schema.";

    private static final String LOOKUP =
            "SELECT NAME AS name, SPACE AS id FROM information_schema.INNODB_TABLESPACES_BRIEF WHERE ";

    /** No such table; no privilege. */
    private static final Set<Integer> NOT_SHOWN = Set.of(1109, 1146, 1227);

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_]+");

    private final Map<TableName, Map<String, Long>> numbers;

    private TableIdentities(Map<TableName, Map<String, Long>> numbers) {
        this.numbers = Map.copyOf(numbers);
    }

    /**
     * The present numbers of these tables; tables that InnoDB does not hold have none.
     *
     * @param session holds no snapshot: it would see the dictionary as it was
     */
    static TableIdentities read(ServerSession session, ServerVersion version, Collection<TableName> tables) {
        Map<TableName, Map<String, Long>> found = new HashMap<>(inFilesOfTheirOwn(session, version, tables));
        List<TableName> others =
                tables.stream().filter(table -> !found.containsKey(table)).toList();
        if (!others.isEmpty()) {
            String list = version.isAtLeast(8, 0, 0) ? "INNODB_TABLES" : "INNODB_SYS_TABLES";
            found.putAll(of(
                            session.query(QUERY + list + (others.size() > MOST_BY_NAME ? "" : condition(others))),
                            others)
                    .numbers);
        }
        return new TableIdentities(found);
    }

    /** From 8.0.13 on no partition can be in a shared tablespace, so that a table is either here with all its parts or not at all. */
    private static Map<TableName, Map<String, Long>> inFilesOfTheirOwn(
            ServerSession session, ServerVersion version, Collection<TableName> tables) {
        if (!version.isAtLeast(8, 0, 13)) {
            return Map.of();
        }
        List<TableName> plain = tables.stream().filter(TableIdentities::isPlain).toList();
        Map<TableName, Map<String, Long>> found = new HashMap<>();
        for (int from = 0; from < plain.size(); from += NAMES_A_LOOKUP) {
            List<TableName> some = plain.subList(from, Math.min(plain.size(), from + NAMES_A_LOOKUP));
            found.putAll(tablespaces(session, some));
        }
        return found;
    }

    /** A server that does not have this view, or does not show it, is asked for all of its tables instead. */
    private static List<Row> asked(ServerSession session, String lookup) {
        try {
            return session.query(lookup);
        } catch (StepRefusedException refused) {
            if (SqlFailures.serverError(refused)
                    .filter(error -> NOT_SHOWN.contains(error.number()))
                    .isPresent()) {
                return List.of();
            }
            throw refused;
        }
    }

    private static boolean isPlain(TableName table) {
        return PLAIN.matcher(table.database()).matches()
                && PLAIN.matcher(table.table()).matches();
    }

    private static Map<TableName, Map<String, Long>> tablespaces(ServerSession session, List<TableName> tables) {
        Map<String, TableName> byStored = new HashMap<>();
        tables.forEach(table -> byStored.put(table.database() + "/" + table.table(), table));
        // A dollar sign comes after all that follows a table's name in its partitions' names.
        String ranges = byStored.keySet().stream()
                .map(name -> "NAME >= " + Quote.literal(name) + " AND NAME < " + Quote.literal(name + "$"))
                .collect(Collectors.joining(" OR "));
        Map<TableName, Map<String, Long>> found = new HashMap<>();
        for (Row row : asked(session, LOOKUP + ranges)) {
            TableName table = byStored.get(withoutPartition(row.text("name")));
            if (table != null) {
                found.computeIfAbsent(table, absent -> new TreeMap<>())
                        .put("tablespace " + row.text("name"), row.number("id"));
            }
        }
        return found;
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
