// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.ExactDefault;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Creates the tables of a catalog, several at a time, without the keys that come later. */
record TableCreation(ReplicaCrew crew, Catalog catalog, IndexPlan plan) {
    private static final String FOREIGN_KEY = " FOREIGN KEY (";

    /** Tables with foreign keys one by one: each locks the tables to which it points. */
    void create() {
        Map<Boolean, List<TableDefinition>> tables = catalog.tables().stream()
                .collect(Collectors.partitioningBy(
                        table -> plan.of(table).first().contains(FOREIGN_KEY)));
        List<TableDefinition> independent = tables.getOrDefault(false, List.of());
        crew.forShortWork(independent).each(independent, this::creating);
        crew.alone().each(tables.getOrDefault(true, List.of()), this::creating);
    }

    private Consumer<TableDefinition> creating(MySqlSession session) {
        DatabaseInUse database = new DatabaseInUse(session);
        return table -> {
            try {
                database.use(table.name().database());
                create(session, table);
            } catch (RuntimeException failure) {
                throw NotCreated.of("table " + table.name(), failure);
            }
        };
    }

    private void create(MySqlSession session, TableDefinition table) {
        session.execute(plan.of(table).first());
        if (!table.exactDefaults().isEmpty()) {
            session.execute("ALTER TABLE " + Quote.identifier(table.name())
                    + table.exactDefaults().stream()
                            .map(TableCreation::setDefault)
                            .collect(Collectors.joining(",", " ", "")));
        }
    }

    private static String setDefault(ExactDefault exact) {
        return "ALTER COLUMN " + Quote.identifier(exact.column()) + " SET DEFAULT _" + exact.characterSet() + " x'"
                + exact.hex() + "'";
    }
}
