// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The replica knows every collation that a database, a table or a column of the scope has. */
final class CollationUnknown extends NamedCheck {
    CollationUnknown() {
        super("collation-unknown", VersionCode.COLLATION_UNKNOWN, Level.ERROR);
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (context.alreadyReplicating()) {
            return List.of();
        }
        Set<String> used =
                names(context.sourceSession(), used(context.replication().scope()));
        if (used.isEmpty()) {
            return List.of();
        }
        used.removeAll(
                names(context.replicaSession(), "SELECT COLLATION_NAME AS name FROM information_schema.COLLATIONS"));
        return used.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(), Labels.capital(Labels.replica(context)) + " does not know " + Listing.of(used)));
    }

    private static String used(Scope scope) {
        return "SELECT COLLATION_NAME AS name FROM information_schema.COLUMNS WHERE COLLATION_NAME IS NOT NULL AND "
                + ScopeSql.tables(scope, "TABLE_SCHEMA", "TABLE_NAME")
                + " UNION SELECT TABLE_COLLATION FROM information_schema.TABLES WHERE TABLE_COLLATION IS NOT NULL AND "
                + ScopeSql.tables(scope, "TABLE_SCHEMA", "TABLE_NAME")
                + " UNION SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE "
                + ScopeSql.touchedDatabases(scope, "SCHEMA_NAME");
    }

    /** From 8.0.30 on the servers call utf8 by its longer name, and still take the short one. */
    private static Set<String> names(ServerSession session, String query) {
        return session.query(query).stream()
                .map(row -> row.text("name").replaceFirst("^utf8_", "utf8mb3_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
