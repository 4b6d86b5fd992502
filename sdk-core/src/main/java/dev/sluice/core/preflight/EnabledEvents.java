// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/** Tells which events will not run on the replica. */
final class EnabledEvents implements LiveCheck {
    @Override
    public String id() {
        return "enabled-events";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.EVENTS;
    }

    @Override
    public Level level() {
        return Level.NOTE;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        Scope scope = context.replication().scope();
        if (!PlanReach.copies(context)) {
            return List.of();
        }
        List<TableName> events = context
                .sourceSession()
                .query("SELECT EVENT_SCHEMA AS db, EVENT_NAME AS name FROM information_schema.EVENTS"
                        + " WHERE STATUS = 'ENABLED' AND " + ScopeSql.wholeDatabases(scope, "EVENT_SCHEMA")
                        + " ORDER BY 1, 2")
                .stream()
                .filter(row -> scope.includesWhole(row.text("db")))
                .map(row -> TableName.of(row.text("db"), row.text("name")))
                .toList();
        return events.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        events.size() + " events in the scope are enabled and will be disabled on the replica: "
                                + Listing.of(events)));
    }
}
