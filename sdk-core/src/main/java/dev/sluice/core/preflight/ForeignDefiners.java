// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Grants;
import dev.sluice.core.mysql.Quote;
import java.util.List;

/** The replica's user may create objects for the definers that they have. */
final class ForeignDefiners implements LiveCheck {
    @Override
    public String id() {
        return "foreign-definers";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.DEFINERS;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        ServerFacts replica = context.replica();
        List<String> anyOf = privileges(replica.version());
        if (!PlanReach.copies(context) || Grants.parse(replica.grants()).hasAny(anyOf)) {
            return List.of();
        }
        String account = Account.of(
                replica, context.replication().replica().credentials().user());
        List<String> others = definers(context).stream()
                .filter(definer -> !quoted(definer).equals(account))
                .toList();
        return others.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        account + " on " + Labels.replica(context) + " lacks " + String.join(" or ", anyOf)
                                + ", needed to create objects for their definers " + Listing.of(others),
                        "GRANT " + anyOf.get(0) + " ON *.* TO " + account));
    }

    /** The privilege was renamed twice. */
    private static List<String> privileges(ServerVersion version) {
        if (version.isAtLeast(8, 4, 0)) {
            return List.of("SET_ANY_DEFINER");
        }
        if (version.isAtLeast(8, 2, 0)) {
            return List.of("SET_ANY_DEFINER", "SET_USER_ID", "SUPER");
        }
        return version.isAtLeast(8, 0, 0) ? List.of("SET_USER_ID", "SUPER") : List.of("SUPER");
    }

    private static List<String> definers(LiveContext context) {
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

    /** {@code information_schema} has no quotes around the two parts; only the last @ can divide them. */
    private static String quoted(String definer) {
        int at = definer.lastIndexOf('@');
        return at < 0 || at == definer.length() - 1
                ? definer
                : Quote.account(definer.substring(0, at), definer.substring(at + 1));
    }
}
