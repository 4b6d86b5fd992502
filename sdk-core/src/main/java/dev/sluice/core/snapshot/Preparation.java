// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlSession;
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

    /** Reads it in sessions of its own, which see the present. */
    static Preparation read(SnapshotTools tools, Definitions definitions, Cancellation cancellation) {
        try (ControlSessions sessions = new ControlSessions(tools.source(), cancellation)) {
            MySqlSession session = sessions.first();
            Set<TableName> tables = ScopeTables.of(session, tools.request().scope());
            Set<TableName> toLock = ScopeTables.toLock(session, tables);
            // Identities last before, and first after: what changes in between shows.
            String fingerprint = definitions.fingerprint(
                    sessions.forTables(tables.size(), tools.request().readers()));
            return new Preparation(
                    tables, toLock, fingerprint, TableIdentities.read(session, session.version(), tables));
        }
    }

    /** Whether nothing has been changed since. */
    boolean stillHolds(SnapshotTools tools, Definitions definitions, Cancellation cancellation) {
        try (ControlSessions sessions = new ControlSessions(tools.source(), cancellation)) {
            MySqlSession session = sessions.first();
            return TableIdentities.read(session, session.version(), tables).equals(identities)
                    && definitions
                            .fingerprint(sessions.forTables(
                                    tables.size(), tools.request().readers()))
                            .equals(fingerprint);
        }
    }
}
