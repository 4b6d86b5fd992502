// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/** Every view of the scope can be created anew. Of one that cannot, the source tells why in its comment. */
final class BrokenViews extends NamedCheck {
    BrokenViews() {
        super("broken-views", VersionCode.VIEW_BROKEN, Level.ERROR);
    }

    /** 5.7 looks at what a view reads only if it is asked for rows. */
    @Override
    public List<Problem> problems(LiveContext context) {
        if (!PlanReach.copies(context)) {
            return List.of();
        }
        Scope scope = context.replication().scope();
        List<String> views = context
                .sourceSession()
                .query("SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name FROM information_schema.TABLES"
                        + " WHERE ENGINE IS NULL AND TABLE_TYPE <> 'SYSTEM VIEW' AND TABLE_COMMENT <> 'VIEW'"
                        + " AND TABLE_ROWS IS NULL AND "
                        + ScopeSql.tables(scope, "TABLE_SCHEMA", "TABLE_NAME") + " ORDER BY 1, 2")
                .stream()
                .map(row -> TableName.of(row.text("db"), row.text("name")))
                .filter(scope::includes)
                .map(TableName::toString)
                .toList();
        return views.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        Labels.capital(Labels.source(context)) + " has views that refer to what is not there, or whose"
                                + " definers may not use it: " + Listing.of(views)));
    }
}
