// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.SqlFailures;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds what was left out until the rows are there: a table's keys as soon as all its rows are, foreign keys when all keys are. */
record IndexBuild(IndexPlan plan, CopyListener listener) {
    /** A temporary table or file, the table of locks, or the log of changes meanwhile is full. */
    private static final Set<Integer> SHORT_OF_ROOM = Set.of(1030, 1114, 1206, 1799, 1878);

    void addKeys(MySqlSession session, TableDefinition table, Cancellation cancellation) {
        if (session.version().isAtLeast(8, 0, 27)) {
            session.execute(SortMemory.setting(table.estimatedBytes()));
        }
        session.withoutTimeLimit(
                () -> plan.of(table).groups().forEach(group -> add(session, table, group, cancellation)));
    }

    /** One table after the other: two that point to each other would get in each other's way. */
    void addForeignKeys(ReplicaCrew crew, Catalog catalog) {
        List<TableDefinition> tables = catalog.tables().stream()
                .filter(table -> !plan.of(table).foreignKeys().isEmpty())
                .toList();
        crew.alone()
                .each(
                        tables,
                        session -> table -> session.withoutTimeLimit(
                                () -> add(session, table, plan.of(table).foreignKeys(), crew.cancellation())));
    }

    /** What needs too much of something to be built at once is built in halves. */
    private void add(MySqlSession session, TableDefinition table, List<String> clauses, Cancellation cancellation) {
        try {
            String alter = "ALTER TABLE " + Quote.identifier(table.name())
                    + clauses.stream().collect(Collectors.joining(", ADD ", " ADD ", ""));
            Passing.DEFINITIONS.carryOut(table.name(), () -> session.execute(alter), listener, cancellation);
        } catch (StepRefusedException refused) {
            if (clauses.size() == 1 || !isShortOfRoom(refused)) {
                throw NotCreated.of("keys or foreign keys of table " + table.name(), refused);
            }
            add(session, table, clauses.subList(0, clauses.size() / 2), cancellation);
            add(session, table, clauses.subList(clauses.size() / 2, clauses.size()), cancellation);
        }
    }

    private static boolean isShortOfRoom(StepRefusedException refused) {
        return SqlFailures.serverError(refused)
                .filter(error -> SHORT_OF_ROOM.contains(error.number()))
                .isPresent();
    }
}
