// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.DatabaseDefinition;
import dev.sluice.core.catalog.StoredObject;
import dev.sluice.core.catalog.TableDefinition;
import java.util.Collection;
import java.util.List;

/**
 * What a copy makes on the replica, and what its undo drops: databases that were not there, and in those that were there only what
 * the copy put in. Triggers go with their tables. Immutable and thread-safe.
 *
 * @param databases whole databases
 * @param tables tables in databases that were there before
 * @param objects views, routines and events in databases that were there before
 */
public record CreatedObjects(List<String> databases, List<TableName> tables, List<ObjectName> objects) {
    /** Nothing. */
    public static final CreatedObjects NONE = new CreatedObjects(List.of(), List.of(), List.of());

    public CreatedObjects {
        databases = List.copyOf(databases);
        tables = List.copyOf(tables);
        objects = List.copyOf(objects);
    }

    /** A view, routine or event by its name. */
    public record ObjectName(StoredObject.Kind kind, TableName name) {}

    /** What copying the catalog makes on a replica that has these databases. */
    public static CreatedObjects of(Catalog catalog, Collection<String> databasesBefore) {
        return new CreatedObjects(
                catalog.databases().stream()
                        .map(DatabaseDefinition::name)
                        .filter(name -> !databasesBefore.contains(name))
                        .toList(),
                catalog.tables().stream()
                        .map(TableDefinition::name)
                        .filter(name -> databasesBefore.contains(name.database()))
                        .toList(),
                catalog.objects().stream()
                        .filter(object -> object.kind() != StoredObject.Kind.TRIGGER)
                        .filter(object -> databasesBefore.contains(object.database()))
                        .map(object -> new ObjectName(object.kind(), TableName.of(object.database(), object.name())))
                        .toList());
    }
}
