// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.StoredObject;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.copy.CreatedObjects;
import dev.sluice.core.copy.CreatedObjects.ObjectName;
import dev.sluice.core.mysql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How to reverse a copy: drop what it creates and nothing else. A database that was there before stays; since the copy refuses one
 * that holds anything, all that is dropped from it is the copy's own. A database that somebody else has put something into stays with it.
 */
final class CopyUndos {
    /** Tables refer to each other, so that they could not be dropped in any order otherwise. */
    private static final List<Statement> ANY_ORDER = List.of(Statement.of("SET SESSION foreign_key_checks = 0"));

    /** In one statement, so that a large schema does not make a record in the journal of each table. */
    private static final int TABLES_AT_ONCE = 100;

    private static final int MOST_IN_PURPOSE = 3;

    private CopyUndos() {}

    /**
     * In the order in which they are registered; they are played the other way round: what the copy made, one after the other, then the
     * databases, which stay if something else is left in them.
     */
    static List<Undo> of(CreatedObjects created, Catalog catalog) {
        List<Undo> undos = new ArrayList<>();
        for (String database : created.databases()) {
            undos.add(new Undo(
                    UndoScope.ROLLBACK,
                    "drop the database " + database + " that the copy created, if it holds nothing else",
                    ANY_ORDER,
                    Sql.text("DROP DATABASE IF EXISTS ").identifier(database).build(),
                    new Undo.OnlyIf(ForeignObjects.named(catalog, database), "")));
        }
        List<TableName> tables = tables(created, catalog);
        for (int i = 0; i < tables.size(); i += TABLES_AT_ONCE) {
            undos.add(dropTables(tables.subList(i, Math.min(i + TABLES_AT_ONCE, tables.size()))));
        }
        objects(created, catalog).forEach(object -> undos.add(dropObject(object)));
        return undos;
    }

    private static List<TableName> tables(CreatedObjects created, Catalog catalog) {
        Stream<TableName> inNewOnes =
                catalog.tables().stream().map(TableDefinition::name).filter(isIn(created.databases()));
        return Stream.concat(created.tables().stream(), inNewOnes).toList();
    }

    private static Predicate<TableName> isIn(List<String> databases) {
        return name -> databases.contains(name.database());
    }

    /** Triggers go with their tables. */
    private static List<ObjectName> objects(CreatedObjects created, Catalog catalog) {
        Stream<ObjectName> inNewOnes = catalog.objects().stream()
                .filter(object -> object.kind() != StoredObject.Kind.TRIGGER)
                .filter(object -> created.databases().contains(object.database()))
                .map(object -> new ObjectName(object.kind(), TableName.of(object.database(), object.name())));
        return Stream.concat(created.objects().stream(), inNewOnes).toList();
    }

    private static Undo dropTables(List<TableName> tables) {
        Sql.Builder statement = Sql.text("DROP TABLE IF EXISTS ").identifier(tables.get(0));
        tables.stream().skip(1).forEach(table -> statement.text(", ").identifier(table));
        String some =
                tables.stream().limit(MOST_IN_PURPOSE).map(TableName::toString).collect(Collectors.joining(", "));
        int more = tables.size() - MOST_IN_PURPOSE;
        return drop(
                (tables.size() == 1 ? "the table " : "the tables ") + some + (more > 0 ? " and " + more + " more" : ""),
                statement);
    }

    private static Undo dropObject(ObjectName object) {
        return drop(
                "the " + object.kind().name().toLowerCase(Locale.ROOT) + " " + object.name(),
                Sql.text("DROP " + object.kind() + " IF EXISTS ").identifier(object.name()));
    }

    private static Undo drop(String what, Sql.Builder statement) {
        return new Undo(
                UndoScope.ROLLBACK, "drop " + what + " that the copy created", ANY_ORDER, statement.build(), null);
    }
}
