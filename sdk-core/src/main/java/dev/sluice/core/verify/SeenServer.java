// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Grants;
import dev.sluice.core.mysql.Quote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What one server shows of a scope to the user who compares. Immutable.
 *
 * @param role source or replica
 * @param version the server's
 * @param grants what the user may do
 * @param databases those of the scope that the server shows
 * @param tables the tables and views that it has among those that the scope names one by one
 */
record SeenServer(String role, ServerVersion version, Grants grants, Set<String> databases, Set<TableName> tables) {
    static final String GRANTS = "SHOW GRANTS";

    static final String TABLES = "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = ";

    static SeenServer read(String role, ServerSession session, ServerVersion version, Scope scope) {
        Grants grants = Grants.parse(firstColumn(session, GRANTS));
        Set<String> databases = new TreeSet<>(firstColumn(session, ShapeReader.DATABASES));
        databases.removeIf(database -> !scope.touches(database));
        Set<TableName> tables = new TreeSet<>();
        databases.stream()
                .filter(database -> scope.tables().stream()
                        .anyMatch(table -> table.database().equals(database)))
                .forEach(database -> firstColumn(session, TABLES + Quote.literal(database))
                        .forEach(table -> tables.add(TableName.of(database, table))));
        return new SeenServer(role, version, grants, databases, tables);
    }

    private static List<String> firstColumn(ServerSession session, String sql) {
        return session.query(sql).stream()
                .map(Row::first)
                .flatMap(Optional::stream)
                .toList();
    }

    boolean seesEveryDatabase() {
        return grants.has("SHOW DATABASES") || grants.has("SELECT");
    }

    /** The privileges that the user lacks to see all that is compared. Who may not see the query of a view is told so by the comparison. */
    List<String> lacksIn(Scope scope, Collection<String> compared) {
        List<String> lacks = new ArrayList<>();
        for (String database : compared) {
            List<String> some = scope.includesWhole(database) ? inWhole(database) : inSome(database, scope);
            if (!some.isEmpty()) {
                lacks.add("on the " + role + " " + String.join(", ", some));
            }
        }
        if (compared.stream().anyMatch(scope::includesWhole) && !seesRoutines()) {
            lacks.add("on the " + role + " " + routinesBy());
        }
        return lacks;
    }

    private List<String> inWhole(String database) {
        return Stream.of("SELECT", "TRIGGER", "EVENT")
                .filter(privilege -> !grants.hasOn(database, privilege))
                .map(privilege -> privilege + " ON " + Quote.identifier(database) + ".*")
                .toList();
    }

    private List<String> inSome(String database, Scope scope) {
        return scope.tables().stream()
                .filter(table -> table.database().equals(database) && scope.includes(table))
                .flatMap(table -> Stream.of("SELECT", "TRIGGER")
                        .filter(privilege -> !grants.hasOn(table, privilege))
                        .map(privilege -> privilege + " ON " + Quote.identifier(table)))
                .toList();
    }

    /** Whoever did not define a routine sees it by a privilege of its own, or by one on everything, depending on the version. */
    private boolean seesRoutines() {
        if (version.isAtLeast(8, 0, 0)) {
            return grants.has("SELECT") || (version.isAtLeast(8, 0, 20) && grants.has("SHOW_ROUTINE"));
        }
        return grants.hasOn(TableName.of("mysql", "proc"), "SELECT");
    }

    private String routinesBy() {
        if (version.isAtLeast(8, 0, 20)) {
            return "SHOW_ROUTINE ON *.*";
        }
        return "SELECT ON " + (version.isAtLeast(8, 0, 0) ? "*.*" : "`mysql`.`proc`");
    }
}
