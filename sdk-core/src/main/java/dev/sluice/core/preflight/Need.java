// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.Grants;
import dev.sluice.core.mysql.Quote;
import java.util.List;

/**
 * A privilege that a plan's user needs: on everything, on a database, or on single tables of it.
 *
 * @param target on which server
 * @param anyOf names as {@code SHOW GRANTS} writes them, one of which is enough
 * @param database the database, or {@code ""} for everything
 * @param tables the only tables of the database that it is needed on; empty for all
 * @param reason what it is needed for, after the word "to"
 */
record Need(Target target, List<String> anyOf, String database, List<TableName> tables, String reason) {
    Need {
        anyOf = List.copyOf(anyOf);
        tables = List.copyOf(tables);
    }

    static Need everywhere(Target target, String reason, String... anyOf) {
        return new Need(target, List.of(anyOf), "", List.of(), reason);
    }

    /** The same on all tables of its database, which is more than enough. */
    Need onWholeDatabase() {
        return new Need(target, anyOf, database, List.of(), reason);
    }

    /** The one to ask for: callers put the most fitting first. */
    String privilege() {
        return anyOf.get(0);
    }

    boolean isMetBy(Grants grants) {
        if (database.isEmpty()) {
            return grants.hasAny(anyOf);
        }
        return anyOf.stream()
                .anyMatch(privilege -> grants.hasOn(database, privilege)
                        || (!tables.isEmpty() && tables.stream().allMatch(table -> grants.hasOn(table, privilege))));
    }

    /**
     * Where it is missing, as a {@code GRANT} statement names it on this server. The names of databases are patterns there, unless privileges
     * can be revoked in part: then an escaped name is that of another database (seen on 8.0.31).
     */
    List<String> objects(ServerFacts server) {
        if (database.isEmpty()) {
            return List.of("*.*");
        }
        String name = server.isOn("partial_revokes") ? database : Quote.wildPattern(database);
        return tables.isEmpty()
                ? List.of(Quote.identifier(name) + ".*")
                : tables.stream().map(Quote::identifier).toList();
    }
}
