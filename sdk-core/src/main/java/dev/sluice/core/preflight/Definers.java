// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.plan.EventsToEnable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The accounts for which a plan creates objects on the replica, or alters them. */
final class Definers {
    private Definers() {}

    /** Those that are not the replica's user itself, as {@code information_schema} writes them, sorted. */
    static List<String> others(LiveContext context) {
        String account = user(context);
        return of(context).stream()
                .filter(definer -> !quoted(definer).equals(account))
                .toList();
    }

    /** The replica's user as an account. */
    static String user(LiveContext context) {
        return Account.of(
                context.replica(), context.plan().replica().credentials().user());
    }

    /** What the plan does for its definers, after the word "to". */
    static String purpose(LiveContext context) {
        return context.plan() instanceof ReplicationPlan
                ? "create objects for their definers "
                : "enable events for their definers ";
    }

    private static List<String> of(LiveContext context) {
        if (context.plan() instanceof EndPlan end) {
            return end.enablesEvents() ? ofEvents(context) : List.of();
        }
        return context.plan() instanceof ReplicationPlan && PlanReach.copies(context) ? ofScope(context) : List.of();
    }

    private static List<String> ofEvents(LiveContext context) {
        return EventsToEnable.of(context).stream()
                .map(event -> event.definerUser() + "@" + event.definerHost())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> ofScope(LiveContext context) {
        Scope scope = context.replication().scope();
        return context
                .sourceSession()
                .query("SELECT DEFINER AS definer FROM information_schema.VIEWS WHERE "
                        + ScopeSql.tables(scope, "TABLE_SCHEMA", "TABLE_NAME")
                        + " UNION SELECT DEFINER FROM information_schema.TRIGGERS WHERE "
                        + ScopeSql.tables(scope, "EVENT_OBJECT_SCHEMA", "EVENT_OBJECT_TABLE")
                        + " UNION SELECT DEFINER FROM information_schema.ROUTINES WHERE "
                        + ScopeSql.wholeDatabases(scope, "ROUTINE_SCHEMA")
                        + " UNION SELECT DEFINER FROM information_schema.EVENTS WHERE "
                        + ScopeSql.wholeDatabases(scope, "EVENT_SCHEMA")
                        + " ORDER BY 1")
                .stream()
                .map(row -> row.text("definer"))
                .toList();
    }

    /** With quotes around the two parts; only the last @ can divide them. */
    static String quoted(String definer) {
        int at = definer.lastIndexOf('@');
        return at < 0 || at == definer.length() - 1
                ? definer
                : account(definer.substring(0, at), definer.substring(at + 1));
    }

    private static String account(String user, String host) {
        return Quote.account(user, host.toLowerCase(Locale.ROOT));
    }

    /**
     * Accounts of the replica, quoted.
     *
     * @param query of columns {@code user} and {@code host}
     * @param table that the query reads
     * @param unseen what cannot be told without it
     * @throws StepRefusedException if the replica's user may not read it, with the statement that lets it
     */
    static Set<String> accounts(LiveContext context, String query, String table, String unseen) {
        try {
            return context.replicaSession().query(query).stream()
                    .map(row -> account(row.text("user"), row.text("host")))
                    .collect(Collectors.toSet());
        } catch (StepRefusedException refused) {
            throw new StepRefusedException(
                    Problem.of(
                            refused.code(),
                            refused.problems().get(0).what() + "; so it is not known " + unseen,
                            "GRANT SELECT ON " + table + " TO " + user(context)),
                    refused);
        }
    }
}
