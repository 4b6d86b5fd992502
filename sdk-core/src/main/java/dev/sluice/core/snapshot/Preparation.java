// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything about the scope that is read before the lock. Immutable and thread-safe.
 *
 * @param tables the scope's base tables
 * @param toLock the tables that {@code LOCK TABLES} locks
 * @param fingerprint of the definitions
 * @param identities of the tables
 */
record Preparation(Set<TableName> tables, Set<TableName> toLock, String fingerprint, TableIdentities identities) {
    Preparation {
        tables = Set.copyOf(tables);
        toLock = Collections.unmodifiableSet(new TreeSet<>(toLock));
    }

    /** Reads it in a session of its own, which sees the present. */
    static Preparation read(MySqlConnector source, Scope scope, Definitions definitions, Cancellation cancellation) {
        cancellation.check();
        try (MySqlSession session = source.open(SessionUse.CONTROL);
                Cancellation.Registration killed = session.cancellable(cancellation, source)) {
            Set<TableName> tables = ScopeTables.of(session, scope);
            Set<TableName> toLock = ScopeTables.toLock(session, tables);
            // Identities last before, and first after: what changes in between shows.
            String fingerprint = definitions.fingerprint(session);
            return new Preparation(
                    tables, toLock, fingerprint, TableIdentities.read(session, session.version(), tables));
        }
    }

    /** Whether nothing has been changed since. */
    boolean stillHolds(MySqlConnector source, Definitions definitions, Cancellation cancellation) {
        try (MySqlSession session = source.open(SessionUse.CONTROL);
                Cancellation.Registration killed = session.cancellable(cancellation, source)) {
            return TableIdentities.read(session, session.version(), tables).equals(identities)
                    && definitions.fingerprint(session).equals(fingerprint);
        }
    }
}
