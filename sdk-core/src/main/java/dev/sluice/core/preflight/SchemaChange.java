// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** No online schema change is under way in the scope: gh-ost, pt-online-schema-change and the like are known by what they create. */
final class SchemaChange extends NamedCheck {
    private static final Pattern LEFT = Pattern.compile("_.+_gh[oc]|lhmn_.+");

    /** Others' only stand beside the table that is changed. */
    private static final Pattern BESIDE = Pattern.compile("_(.+)_(?:new|old|del)");

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
                        tables(context, scope).map(table -> "table " + table),
                        names(context, triggers(scope)).map(trigger -> "trigger " + trigger))
                .toList();
        return found.isEmpty()
                ? List.of()
                : List.of(Problem.of(code(), Labels.capital(Labels.source(context)) + " has " + Listing.of(found)));
    }

    /** Servers before 8.0 list names quickly, and nothing else. */
    private static Stream<TableName> tables(LiveContext context, Scope scope) {
        Set<TableName> all = names(
                        context,
                        "SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name FROM information_schema.TABLES WHERE "
                                + ScopeSql.touchedDatabases(scope, "TABLE_SCHEMA") + " ORDER BY 1, 2")
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return all.stream().filter(table -> isLeft(table, all));
    }

    private static boolean isLeft(TableName table, Set<TableName> all) {
        Matcher beside = BESIDE.matcher(table.table());
        return LEFT.matcher(table.table()).matches()
                || (beside.matches() && all.contains(TableName.of(table.database(), beside.group(1))));
    }

    private static String triggers(Scope scope) {
        return "SELECT TRIGGER_SCHEMA AS db, TRIGGER_NAME AS name FROM information_schema.TRIGGERS WHERE "
                + ScopeSql.touchedDatabases(scope, "TRIGGER_SCHEMA")
                + " AND (TRIGGER_NAME LIKE 'pt\\_osc\\_%' OR TRIGGER_NAME LIKE 'lhmt\\_%') ORDER BY 1, 2";
    }

    private static Stream<TableName> names(LiveContext context, String query) {
        return context.sourceSession().query(query).stream().map(row -> TableName.of(row.text("db"), row.text("name")));
    }
}
