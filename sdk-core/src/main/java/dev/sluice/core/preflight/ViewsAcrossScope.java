// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The views of the scope read nothing outside of it: no server creates a view on what is not there. */
final class ViewsAcrossScope extends NamedCheck {
    /** As servers write definitions: everything in backticks, and tables with their databases. */
    private static final Pattern QUALIFIED = Pattern.compile("`((?:[^`]|``){1,64})`\\.`((?:[^`]|``){1,64})`");

    ViewsAcrossScope() {
        super("views-across-scope", VersionCode.VIEW_ACROSS, Level.ERROR);
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        Scope scope = context.replication().scope();
        if (scope.isEverything() || !PlanReach.copies(context)) {
            return List.of();
        }
        Stream<Use> uses = context.source().version().isAtLeast(8, 0, 13) ? listed(context) : written(context);
        List<String> across = uses.filter(use -> scope.includes(use.view()))
                .filter(use -> !scope.includes(use.table())
                        && !Scope.isSystem(use.table().database()))
                .map(Use::toString)
                .distinct()
                .toList();
        return across.isEmpty()
                ? List.of()
                : List.of(Problem.of(code(), "In the scope there are the views " + Listing.of(across)));
    }

    private record Use(TableName view, TableName table) {
        @Override
        public String toString() {
            return view + ", which reads " + table;
        }
    }

    private static Stream<Use> listed(LiveContext context) {
        return context
                .sourceSession()
                .query("SELECT VIEW_SCHEMA AS db, VIEW_NAME AS name, TABLE_SCHEMA AS used_db, TABLE_NAME AS used"
                        + " FROM information_schema.VIEW_TABLE_USAGE WHERE "
                        + ScopeSql.tables(context.replication().scope(), "VIEW_SCHEMA", "VIEW_NAME")
                        + " ORDER BY 1, 2, 3, 4")
                .stream()
                .map(row -> new Use(
                        TableName.of(row.text("db"), row.text("name")),
                        TableName.of(row.text("used_db"), row.text("used"))));
    }

    /** Older servers list no such uses. What looks like a table of a database may be a column of an alias, hence the databases' names. */
    private static Stream<Use> written(LiveContext context) {
        return context
                .sourceSession()
                .query(
                        "SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name, VIEW_DEFINITION AS body FROM information_schema.VIEWS WHERE "
                                + ScopeSql.tables(context.replication().scope(), "TABLE_SCHEMA", "TABLE_NAME")
                                + " ORDER BY 1, 2")
                .stream()
                .flatMap(row -> QUALIFIED
                        .matcher(row.find("body").orElse(""))
                        .results()
                        .map(match -> new Use(TableName.of(row.text("db"), row.text("name")), table(match))))
                .filter(use -> context.source().databases().contains(use.table().database()));
    }

    private static TableName table(MatchResult match) {
        return TableName.of(match.group(1).replace("``", "`"), match.group(2).replace("``", "`"));
    }
}
