// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.DatabaseDefinition;
import dev.sluice.core.catalog.StoredObject;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How to reverse a copy: drop what it creates and nothing else. A database that was there before stays; since the copy refuses one
 * that holds anything, all that is dropped from it is the copy's own.
 */
final class CopyUndos {
    private CopyUndos() {}

    /** In the order in which they are registered; they are played the other way round. */
    static List<Undo> of(Catalog catalog, Set<String> databasesBefore) {
        List<Undo> undos = new ArrayList<>();
        for (DatabaseDefinition database : catalog.databases()) {
            if (databasesBefore.contains(database.name())) {
                dropContent(catalog, database.name(), undos);
            } else {
                undos.add(drop(
                        "the database " + database.name(),
                        Sql.text("DROP DATABASE IF EXISTS ")
                                .identifier(database.name())
                                .build()));
            }
        }
        undos.add(new Undo(
                UndoScope.ROLLBACK,
                "let tables be dropped in any order",
                Statement.of("SET SESSION foreign_key_checks = 0"),
                null));
        return undos;
    }

    private static void dropContent(Catalog catalog, String database, List<Undo> undos) {
        for (TableDefinition table : catalog.tables()) {
            if (table.name().database().equals(database)) {
                undos.add(drop(
                        "the table " + table.name(),
                        Sql.text("DROP TABLE IF EXISTS ")
                                .identifier(table.name())
                                .build()));
            }
        }
        for (StoredObject object : catalog.objects()) {
            if (object.database().equals(database) && object.kind() != StoredObject.Kind.TRIGGER) {
                undos.add(drop(
                        "the " + object,
                        Sql.text("DROP " + object.kind() + " IF EXISTS ")
                                .identifier(dev.sluice.api.plan.TableName.of(database, object.name()))
                                .build()));
            }
        }
    }

    private static Undo drop(String what, Statement statement) {
        return new Undo(UndoScope.ROLLBACK, "drop " + what + " that the copy created", statement, null);
    }
}
