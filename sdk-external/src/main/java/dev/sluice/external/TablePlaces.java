// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.Sql;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the three tables of a copy of one table are on the replica: the table itself, the copy beside it, and the old one once it was set aside. Each
 * has a database of its own, so that names of constraints, which are a database's, stay as they are. Which of them are there is the whole state:
 * tables are moved by one statement at a time, and each of them leaves it clear what comes next.
 *
 * @param table in its own place
 * @param copy as it is made
 * @param aside the old one, set aside
 */
record TablePlaces(TableName table, TableName copy, TableName aside) {
    static TablePlaces of(CopyTablePlan plan) {
        String name = plan.table().table();
        return new TablePlaces(
                plan.table(), TableName.of(plan.copyDatabase(), name), TableName.of(plan.asideDatabase(), name));
    }

    /** Where they are now. */
    enum Now {
        /** Only the old table, in its place. */
        UNTOUCHED,
        /** The copy is there as well. */
        COPIED,
        /** The old table was set aside: the replica has none in the table's place, so that no change of it can be applied by mistake. */
        SET_ASIDE,
        /** The copy is in the table's place. */
        REPLACED,
        /** None of these: somebody else has moved, made or dropped one of them. */
        UNKNOWN
    }

    Now now(ServerSession replica) {
        Set<TableName> there = there(replica);
        if (there.equals(Set.of(table))) {
            return Now.UNTOUCHED;
        }
        if (there.equals(Set.of(table, copy))) {
            return Now.COPIED;
        }
        if (there.equals(Set.of(copy, aside))) {
            return Now.SET_ASIDE;
        }
        return there.equals(Set.of(table, aside)) ? Now.REPLACED : Now.UNKNOWN;
    }

    /** Those of the three that are there. */
    Set<TableName> there(ServerSession replica) {
        List<TableName> all = List.of(table, copy, aside);
        Set<Integer> found = replica.query(query(all)).stream()
                .map(row -> Math.toIntExact(row.number("number")))
                .collect(Collectors.toSet());
        return found.stream().map(all::get).collect(Collectors.toSet());
    }

    private static String query(List<TableName> tables) {
        return Stream.iterate(0, i -> i < tables.size(), i -> i + 1)
                .map(i -> "SELECT " + i + " AS number FROM information_schema.TABLES WHERE " + is(tables.get(i)))
                .collect(Collectors.joining(" UNION ALL "));
    }

    private static String is(TableName name) {
        return "TABLE_SCHEMA = " + Quote.literal(name.database()) + " AND TABLE_NAME = " + Quote.literal(name.table());
    }

    /** That there is a table in the table's place. */
    OnlyIf isInPlace() {
        return new OnlyIf("SELECT COUNT(*) FROM information_schema.TABLES WHERE " + is(table), "1");
    }

    /** That there is none. */
    OnlyIf holdsNoCopy() {
        return new OnlyIf(
                "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = " + Quote.literal(copy.database()),
                "0");
    }

    /** Whether the database for the old table is there. */
    boolean hasAsideDatabase(ServerSession replica) {
        List<Row> found =
                replica.query("SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = "
                        + Quote.literal(aside.database()));
        return !found.isEmpty();
    }

    Statement setAside() {
        return move(table, aside);
    }

    Statement putIn() {
        return move(copy, table);
    }

    private static Statement move(TableName from, TableName to) {
        return Sql.text("RENAME TABLE ")
                .identifier(from)
                .text(" TO ")
                .identifier(to)
                .build();
    }
}
