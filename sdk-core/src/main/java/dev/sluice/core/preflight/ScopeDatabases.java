// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Grants;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The databases of a plan's scope, as far as they are known, and what is needed on them. */
final class ScopeDatabases {
    private final Scope scope;
    private final Set<String> databases = new TreeSet<>();

    private ScopeDatabases(StepContext context) {
        this.scope = context.replication().scope();
        databases.addAll(context.source().databases());
        databases.addAll(scope.databases());
        scope.tables().forEach(table -> databases.add(table.database()));
    }

    /** Where a privilege on everything was taken back for one database, the server does not even show it. */
    static ScopeDatabases onSource(StepContext context) {
        ScopeDatabases found = new ScopeDatabases(context);
        found.databases.addAll(Grants.parse(context.source().grants()).partlyRevokedOn());
        found.databases.removeIf(database -> !found.scope.touches(database));
        return found;
    }

    static ScopeDatabases onReplica(StepContext context) {
        ScopeDatabases found = new ScopeDatabases(context);
        found.databases.removeIf(database -> !found.scope.touches(database));
        return found;
    }

    boolean hasWhole() {
        return databases.stream().anyMatch(scope::includesWhole) || !scope.isNamed();
    }

    /** Something needed on whatever is in the scope. */
    List<Need> needs(Target target, String reason, String privilege) {
        return databases.stream()
                .map(database -> new Need(target, List.of(privilege), database, tables(database), reason))
                .toList();
    }

    /** Something needed on databases that are wholly in the scope. */
    List<Need> wholeNeeds(Target target, String reason, String privilege) {
        return databases.stream()
                .filter(scope::includesWhole)
                .map(database -> new Need(target, List.of(privilege), database, List.of(), reason))
                .toList();
    }

    /** Something that cannot be granted on single tables. */
    List<Need> databaseNeeds(Target target, String reason, String privilege) {
        return databases.stream()
                .map(database -> new Need(target, List.of(privilege), database, List.of(), reason))
                .toList();
    }

    private List<TableName> tables(String database) {
        return scope.includesWhole(database)
                ? List.of()
                : scope.tables().stream()
                        .filter(table -> table.database().equals(database))
                        .filter(scope::includes)
                        .toList();
    }
}
