// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static java.util.Objects.requireNonNull;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.snapshot.ReadUnit;
import dev.sluice.core.snapshot.Snapshot;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Divides tables into units, each reader of the snapshot one table after the other. Thread-safe; once. */
final class TableDivision {
    private final List<TableCopy> tables;
    private final Snapshot snapshot;
    private final MySqlConnector source;
    private final CopyRequest request;
    private final AtomicInteger next = new AtomicInteger();

    /** By its number in the list. */
    private final Map<Integer, List<RowUnit>> divided = new ConcurrentHashMap<>();

    TableDivision(List<TableCopy> tables, Snapshot snapshot, MySqlConnector source, CopyRequest request) {
        this.tables = tables;
        this.snapshot = snapshot;
        this.source = source;
        this.request = request;
    }

    /**
     * Adds those that divide, as many as may read now.
     *
     * @param failure of any thread: they stop, but between two tables or parts of one, for the snapshot has to survive what passes on the replica
     * @param cancellation the copy's, which ends the snapshot's sessions as well
     */
    void addTo(CopyThreads threads, CopyFailure failure, Cancellation cancellation) {
        List<MySqlSession> readers = snapshot.readers();
        for (int i = 0; i < readers.size(); i++) {
            int number = i;
            threads.add("sluice-division", () -> work(number, readers.get(number), failure, cancellation));
        }
    }

    private void work(int number, MySqlSession session, CopyFailure failure, Cancellation cancellation) {
        try (Cancellation.Registration killed = session.cancellable(cancellation, source)) {
            rest(session);
            if (number < request.budget().now().readers()) {
                divide(new UnitPlanner(snapshot, session, request.unitBytes(), failure.cancellation()));
            }
        } catch (RuntimeException | Error failed) {
            // A session that was killed because of the cancellation is no failure of the snapshot.
            failure.report(cancellation.isCancelled() ? new CancelledException() : failed);
        }
    }

    /** By a unit that reads nothing: from then on the snapshot keeps the session alive, however long the replica takes. */
    private void rest(MySqlSession session) {
        ReadUnit none = snapshot.unit(session);
        none.close();
    }

    private void divide(UnitPlanner planner) {
        for (int i = next.getAndIncrement(); i < tables.size(); i = next.getAndIncrement()) {
            planner.cancellation().check();
            divided.put(i, planner.units(tables.get(i)));
        }
    }

    /**
     * The units of all tables in the order in which they are best read: large tables side by side, small ones last. What is large and could not be
     * divided comes before the parts of others, so that no reader is left alone with it at the end.
     */
    List<RowUnit> units() {
        Map<RowUnit, Double> order = new LinkedHashMap<>();
        for (int table = 0; table < tables.size(); table++) {
            List<RowUnit> units = requireNonNull(divided.get(table), "units");
            tables.get(table).dividedInto(units.size());
            for (int i = 0; i < units.size(); i++) {
                order.put(units.get(i), (i + (isLarge(units.get(i)) ? 0.0 : 1.0)) / units.size());
            }
        }
        return order.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(RowUnit::isSmall))
                .toList();
    }

    private boolean isLarge(RowUnit unit) {
        return unit.bytes() >= 2 * request.unitBytes();
    }
}
