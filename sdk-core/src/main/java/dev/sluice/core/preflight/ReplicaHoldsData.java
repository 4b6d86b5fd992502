// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The replica holds nothing where the plan's data belongs. A database that is there and empty does not count. */
final class ReplicaHoldsData implements LiveCheck {
    @Override
    public String id() {
        return "replica-holds-data";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.REPLICA_HOLDS_DATA;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public boolean canBeSkipped() {
        return false;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (!PlanReach.copies(context)) {
            return List.of();
        }
        Scope scope = context.replication().scope();
        Map<String, List<String>> held = new TreeMap<>();
        count(context, "TABLE", "tables and views", held);
        count(context, "ROUTINE", "routines", held);
        count(context, "EVENT", "events", held);
        return held.entrySet().stream()
                .filter(found -> scope.touches(found.getKey()))
                .map(found -> Problem.of(
                        code(),
                        Labels.capital(Labels.replica(context)) + " has data of its own in "
                                + Quote.identifier(found.getKey()) + ": " + String.join(", ", found.getValue())))
                .toList();
    }

    /** Whole databases, also where the scope names only some of their tables: a copy never goes among what is there. */
    private static void count(LiveContext context, String kind, String plural, Map<String, List<String>> held) {
        String condition = ScopeSql.touchedDatabases(context.replication().scope(), kind + "_SCHEMA");
        List<Row> rows = context.replicaSession()
                .query("SELECT " + kind + "_SCHEMA AS db, COUNT(*) AS found, MIN(" + kind
                        + "_NAME) AS example FROM information_schema." + kind + "S WHERE " + condition + " GROUP BY "
                        + kind + "_SCHEMA");
        for (Row row : rows) {
            held.computeIfAbsent(row.text("db"), database -> new ArrayList<>())
                    .add(row.text("found") + " " + plural + " such as " + Quote.identifier(row.text("example")));
        }
    }
}
