// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;
import java.util.stream.Stream;

/** No online schema change is under way in the scope: gh-ost, pt-online-schema-change and the like are known by what they create. */
final class SchemaChange extends NamedCheck {
    /** gh-ost's are unmistakable; the others only stand beside the table that is changed, without the underscore and the ending. */
    private static final String TABLES = "(t.TABLE_NAME REGEXP '^_.+_gh[oc]$' OR t.TABLE_NAME LIKE 'lhmn\\_%'"
            + " OR EXISTS (SELECT 1 FROM information_schema.TABLES o WHERE o.TABLE_SCHEMA = t.TABLE_SCHEMA"
            + " AND t.TABLE_NAME IN (CONCAT('_', o.TABLE_NAME, '_new'), CONCAT('_', o.TABLE_NAME, '_old'),"
            + " CONCAT('_', o.TABLE_NAME, '_del'))))";

    SchemaChange() {
        super("online-schema-change", LoadCode.SCHEMA_CHANGE, Level.WARNING);
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (!PlanReach.copies(context)) {
            return List.of();
        }
        Scope scope = context.replication().scope();
        List<String> found = Stream.concat(
                        names(context, "table ", tables(scope)), names(context, "trigger ", triggers(scope)))
                .toList();
        return found.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(), Labels.capital(Labels.source(context)) + " has " + Listing.of(found)));
    }

    private static String tables(Scope scope) {
        return "SELECT t.TABLE_SCHEMA AS db, t.TABLE_NAME AS name FROM information_schema.TABLES t WHERE "
                + ScopeSql.touchedDatabases(scope, "t.TABLE_SCHEMA") + " AND " + TABLES + " ORDER BY 1, 2";
    }

    private static String triggers(Scope scope) {
        return "SELECT TRIGGER_SCHEMA AS db, TRIGGER_NAME AS name FROM information_schema.TRIGGERS WHERE "
                + ScopeSql.touchedDatabases(scope, "TRIGGER_SCHEMA")
                + " AND (TRIGGER_NAME LIKE 'pt\\_osc\\_%' OR TRIGGER_NAME LIKE 'lhmt\\_%') ORDER BY 1, 2";
    }

    private static Stream<String> names(LiveContext context, String kind, String query) {
        return context.sourceSession().query(query).stream()
                .map(row -> kind + TableName.of(row.text("db"), row.text("name")));
    }
}
