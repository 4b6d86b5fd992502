// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.plan.TableName;
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
}
