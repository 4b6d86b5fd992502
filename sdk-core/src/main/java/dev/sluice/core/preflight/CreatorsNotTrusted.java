// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Grants;
import java.util.ArrayList;
import java.util.List;

/** A replica with a binary log takes the scope's functions and triggers from its user. */
final class CreatorsNotTrusted implements LiveCheck {
    /** Refused (1418) whoever creates it; the others (1419) only to those without SUPER. */
    private static final String UNSAFE =
            " AND IS_DETERMINISTIC = 'NO' AND SQL_DATA_ACCESS NOT IN ('NO SQL', 'READS SQL DATA')";

    @Override
    public String id() {
        return "creators-not-trusted";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.CREATORS_NOT_TRUSTED;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        ServerFacts replica = context.replica();
        boolean anything = !replica.isOn("log_bin") || replica.isOn("log_bin_trust_function_creators");
        if (anything || !PlanReach.copies(context)) {
            return List.of();
        }
        boolean mayCreate = Grants.parse(replica.grants()).has("SUPER");
        Scope scope = context.replication().scope();
        List<String> refused = new ArrayList<>(functions(context, scope, mayCreate ? UNSAFE : ""));
        if (!mayCreate) {
            refused.addAll(triggers(context, scope));
        }
        return refused.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        Labels.capital(Labels.replica(context))
                                + " has log_bin_trust_function_creators=OFF and would refuse " + Listing.of(refused)));
    }

    private static List<String> functions(LiveContext context, Scope scope, String which) {
        return names(
                context,
                "function ",
                "SELECT ROUTINE_SCHEMA AS db, ROUTINE_NAME AS name FROM information_schema.ROUTINES"
                        + " WHERE ROUTINE_TYPE = 'FUNCTION' AND " + ScopeSql.wholeDatabases(scope, "ROUTINE_SCHEMA")
                        + which + " ORDER BY 1, 2");
    }

    private static List<String> triggers(LiveContext context, Scope scope) {
        return names(
                context,
                "trigger ",
                "SELECT TRIGGER_SCHEMA AS db, TRIGGER_NAME AS name FROM information_schema.TRIGGERS WHERE "
                        + ScopeSql.tables(scope, "EVENT_OBJECT_SCHEMA", "EVENT_OBJECT_TABLE") + " ORDER BY 1, 2");
    }

    private static List<String> names(LiveContext context, String kind, String query) {
        return context.sourceSession().query(query).stream()
                .map(row -> kind + TableName.of(row.text("db"), row.text("name")))
                .toList();
    }
}
