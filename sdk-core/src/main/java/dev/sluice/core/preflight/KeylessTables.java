// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.ServerSession;
import java.util.List;

/** The tables of a scope whose rows have no key: neither a primary one nor a unique one without NULL. */
final class KeylessTables {
    private KeylessTables() {}

    static List<TableName> on(ServerSession session, Scope scope) {
        String in = ScopeSql.tables(scope, "TABLE_SCHEMA", "TABLE_NAME");
        return session
                .query("SELECT t.db, t.name FROM (SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name"
                        + " FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND " + in
                        + ") t LEFT JOIN (SELECT DISTINCT TABLE_SCHEMA AS db, TABLE_NAME AS name"
                        + " FROM information_schema.COLUMNS WHERE COLUMN_KEY = 'PRI' AND " + in
                        + ") k ON k.db = t.db AND k.name = t.name WHERE k.name IS NULL ORDER BY 1, 2")
                .stream()
                .map(row -> TableName.of(row.text("db"), row.text("name")))
                .filter(scope::includes)
                .toList();
    }
}
