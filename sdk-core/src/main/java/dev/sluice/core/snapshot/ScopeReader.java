// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import java.util.Set;

/**
 * Reads what a scope is, as it is now, in sessions of its own.
 *
 * @param source the server
 * @param scope what of it
 * @param sessions most sessions that definitions are read over
 * @param definitions reads them
 */
record ScopeReader(MySqlConnector source, Scope scope, int sessions, Definitions definitions) {
    Preparation read(Cancellation cancellation) {
        try (ControlSessions open = new ControlSessions(source, cancellation)) {
            MySqlSession session = open.first();
            Set<TableName> tables = ScopeTables.of(session, scope);
            Set<TableName> toLock = ScopeTables.toLock(session, tables);
            // Identities last before, and first after: what changes in between shows.
            String fingerprint = definitions.fingerprint(open.forTables(tables.size(), sessions));
            return new Preparation(
                    tables, toLock, fingerprint, TableIdentities.read(session, session.version(), tables));
        }
    }

    /** Whether nothing has been changed since. */
    boolean isUnchanged(Preparation before, Cancellation cancellation) {
        Set<TableName> tables = before.tables();
        try (ControlSessions open = new ControlSessions(source, cancellation)) {
            MySqlSession session = open.first();
            return TableIdentities.read(session, session.version(), tables).equals(before.identities())
                    && definitions
                            .fingerprint(open.forTables(tables.size(), sessions))
                            .equals(before.fingerprint());
        }
    }
}
