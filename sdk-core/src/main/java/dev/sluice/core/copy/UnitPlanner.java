// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.StepException;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.snapshot.ReadUnit;
import dev.sluice.core.snapshot.Snapshot;
import dev.sluice.core.snapshot.SnapshotFailures;
import dev.sluice.core.split.KeySplitter;
import dev.sluice.core.split.PartitionSizes;
import dev.sluice.core.split.TablePart;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Divides large tables into units that can be read at the same time: partitions, small ones together, and ranges of the primary key of whatever is
 * large in itself. Others are read as a whole. Thread-safe: no state.
 */
record UnitPlanner(Snapshot snapshot, MySqlSession session, long unitBytes, Cancellation cancellation) {
    /** Of one table, about: each of them costs a few questions now and a proof when it is read. */
    private static final int MOST_UNITS = 1000;

    List<RowUnit> units(TableCopy table) {
        TablePart whole = TablePart.whole(table.definition());
        long wanted = Math.max(unitBytes, whole.bytes() / MOST_UNITS);
        if (whole.bytes() < 2 * wanted) {
            return List.of(RowUnit.whole(table));
        }
        try {
            return parts(whole, wanted).stream()
                    .flatMap(part -> units(table, part, wanted).stream())
                    .toList();
        } catch (StepException failed) {
            throw SnapshotFailures.reading(table.name(), failed, session.server());
        }
    }

    private List<TablePart> parts(TablePart whole, long wanted) {
        return whole.table().partitions().isEmpty()
                ? List.of(whole)
                : joined(ask(asked -> PartitionSizes.of(asked, whole.table())), wanted);
    }

    /** Neighbours, as long as they are one unit together. */
    private static List<TablePart> joined(List<TablePart> partitions, long wanted) {
        List<TablePart> joined = new ArrayList<>();
        for (TablePart next : partitions) {
            TablePart last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.bytes() + next.bytes() <= wanted) {
                joined.set(joined.size() - 1, last.and(next));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }

    private List<RowUnit> units(TableCopy table, TablePart part, long wanted) {
        int parts = (int) Math.min(MOST_UNITS, part.bytes() / wanted);
        List<String> conditions = parts < 2 ? List.of() : ask(asked -> new KeySplitter(asked, part).conditions(parts));
        return conditions.isEmpty()
                ? List.of(new RowUnit(table, part.clause(), part.bytes()))
                : conditions.stream()
                        .map(condition -> new RowUnit(
                                table,
                                part.clause() + " FORCE INDEX (PRIMARY) WHERE " + condition,
                                part.bytes() / conditions.size()))
                        .toList();
    }

    /** What is asked of one part must not hold up DDL until the copy ends. */
    private <T> T ask(Function<ServerSession, T> question) {
        cancellation.check();
        try (ReadUnit unit = snapshot.unit(session)) {
            return question.apply(unit.session());
        }
    }
}
