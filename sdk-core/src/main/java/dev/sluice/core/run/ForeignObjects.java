// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.StoredObject.Kind;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names what a database holds that a catalog does not. Thread-safe: no state. */
final class ForeignObjects {
    private ForeignObjects() {}

    /** The query of one text, which is empty if there is nothing. */
    static String named(Catalog catalog, String database) {
        Stream<String> tables = catalog.tables().stream()
                .map(table -> table.name())
                .filter(name -> name.database().equals(database))
                .map(name -> name.table());
        List<String> tablesAndViews = Stream.concat(tables, names(catalog, database, Kind.VIEW::equals))
                .toList();
        List<String> routines = names(catalog, database, Set.of(Kind.FUNCTION, Kind.PROCEDURE)::contains)
                .toList();
        List<String> events = names(catalog, database, Kind.EVENT::equals).toList();
        return "SELECT CONCAT_WS(', ', (" + others("TABLES", "TABLE_SCHEMA", "TABLE_NAME", database, tablesAndViews)
                + "), ("
                + others("ROUTINES", "ROUTINE_SCHEMA", "ROUTINE_NAME", database, routines) + "), ("
                + others("EVENTS", "EVENT_SCHEMA", "EVENT_NAME", database, events) + "))";
    }

    private static Stream<String> names(Catalog catalog, String database, Predicate<Kind> kinds) {
        return catalog.objects().stream()
                .filter(object -> object.database().equals(database) && kinds.test(object.kind()))
                .map(object -> object.name());
    }

    private static String others(String list, String schema, String name, String database, List<String> known) {
        // Names of different kinds have different collations, which do not go into one text.
        return "SELECT GROUP_CONCAT(CAST(" + name
                + " AS CHAR CHARACTER SET utf8mb4) SEPARATOR ', ') FROM information_schema." + list + " WHERE " + schema
                + " = "
                + Quote.literal(database)
                + (known.isEmpty()
                        ? ""
                        : " AND " + name + " NOT IN ("
                                + known.stream().map(Quote::literal).collect(Collectors.joining(", ")) + ")");
    }
}
