// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.TableName;
import java.util.List;

/**
 * A privilege without which a step cannot do its work. Immutable and thread-safe.
 *
 * @param target on which server
 * @param anyOf names as {@code SHOW GRANTS} writes them, one of which must be held
 * @param reason what it is needed for, for people
 * @param database the database that it must be held on, or {@code ""} for everything ({@code *.*})
 * @param tables the only tables of the database that it must be held on; empty for the whole database
 */
public record RequiredPrivilege(
        Target target, List<String> anyOf, String reason, String database, List<TableName> tables) {
    public RequiredPrivilege {
        requireNonNull(database, "database");
        anyOf = List.copyOf(anyOf);
        tables = List.copyOf(tables);
    }

    /** On everything. */
    public RequiredPrivilege(Target target, List<String> anyOf, String reason) {
        this(target, anyOf, reason, "", List.of());
    }

    /** On one table only. */
    public static RequiredPrivilege onTable(Target target, String privilege, TableName table, String reason) {
        return new RequiredPrivilege(target, List.of(privilege), reason, table.database(), List.of(table));
    }

    /** On one database only. */
    public static RequiredPrivilege onDatabase(Target target, String privilege, String database, String reason) {
        return new RequiredPrivilege(target, List.of(privilege), reason, database, List.of());
    }
}
