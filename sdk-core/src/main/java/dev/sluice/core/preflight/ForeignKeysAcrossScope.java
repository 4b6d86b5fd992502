// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Row;
import java.util.List;

/** Foreign keys have both of their tables in the scope, or neither. */
final class ForeignKeysAcrossScope implements LiveCheck {
    @Override
    public String id() {
        return "foreign-keys-across-scope";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.FOREIGN_KEY_ACROSS;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public boolean canBeSkipped() {
        return false;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        Scope scope = context.replication().scope();
        List<String> crossing = context.sourceSession().query(query(scope)).stream()
                .map(ForeignKeysAcrossScope::key)
                .filter(key -> scope.includes(key.child()) != scope.includes(key.parent()))
                .map(Key::toString)
                .toList();
        return crossing.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        crossing.size() + " foreign keys have one table in the scope and one outside: "
                                + Listing.of(crossing)));
    }

    private static String query(Scope scope) {
        return "SELECT CONSTRAINT_NAME AS name, CONSTRAINT_SCHEMA AS db, TABLE_NAME AS child,"
                + " UNIQUE_CONSTRAINT_SCHEMA AS parent_db, REFERENCED_TABLE_NAME AS parent"
                + " FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE ("
                + ScopeSql.tables(scope, "CONSTRAINT_SCHEMA", "TABLE_NAME") + ") <> ("
                + ScopeSql.tables(scope, "UNIQUE_CONSTRAINT_SCHEMA", "REFERENCED_TABLE_NAME")
                + ") ORDER BY 2, 3, 1";
    }

    private static Key key(Row row) {
        return new Key(
                row.text("name"),
                TableName.of(row.text("db"), row.text("child")),
                TableName.of(row.text("parent_db"), row.text("parent")));
    }

    private record Key(String name, TableName child, TableName parent) {
        @Override
        public String toString() {
            return name + " from " + child + " to " + parent;
        }
    }
}
