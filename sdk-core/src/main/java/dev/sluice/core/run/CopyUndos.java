// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.copy.CreatedObjects;
import dev.sluice.core.mysql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How to reverse a copy: drop what it creates and nothing else. A database that was there before stays; since the copy refuses one
 * that holds anything, all that is dropped from it is the copy's own. A database that somebody else has put something into stays.
 */
final class CopyUndos {
    /** Tables refer to each other, so that they could not be dropped in any order otherwise. */
    private static final List<Statement> ANY_ORDER = List.of(Statement.of("SET SESSION foreign_key_checks = 0"));

    private CopyUndos() {}

    /** In the order in which they are registered; they are played the other way round. */
    static List<Undo> of(CreatedObjects created, Catalog catalog) {
        List<Undo> undos = new ArrayList<>();
        for (String database : created.databases()) {
            undos.add(new Undo(
                    UndoScope.ROLLBACK,
                    "drop the database " + database + " that the copy created, if it holds nothing else",
                    ANY_ORDER,
                    Sql.text("DROP DATABASE IF EXISTS ").identifier(database).build(),
                    new Undo.OnlyIf(ForeignObjects.count(catalog, database), "0")));
        }
        for (TableName table : created.tables()) {
            undos.add(
                    drop("the table " + table, Sql.text("DROP TABLE IF EXISTS ").identifier(table)));
        }
        for (CreatedObjects.ObjectName object : created.objects()) {
            undos.add(drop(
                    "the " + object.kind().name().toLowerCase(Locale.ROOT) + " " + object.name(),
                    Sql.text("DROP " + object.kind() + " IF EXISTS ").identifier(object.name())));
        }
        return undos;
    }

    private static Undo drop(String what, Sql.Builder statement) {
        return new Undo(
                UndoScope.ROLLBACK, "drop " + what + " that the copy created", ANY_ORDER, statement.build(), null);
    }
}
