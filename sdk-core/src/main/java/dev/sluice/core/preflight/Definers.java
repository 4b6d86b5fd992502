// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Quote;
import java.util.List;

/** The accounts for which the objects in a plan's scope were created. */
final class Definers {
    private Definers() {}

    /** As {@code information_schema} writes them, {@code user@host} without quotes, sorted. */
    static List<String> of(LiveContext context) {
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
                : Quote.account(definer.substring(0, at), definer.substring(at + 1));
    }
}
