// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.catalog.TableDefinition;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Tables whose rows are all there and whose keys are not. As long as rows come, at most half of the writers build keys: those of a large table
 * take hours, and a source hangs up on readers whose rows nobody takes. Thread-safe.
 */
final class TablesToFinish {
    private final Queue<TableDefinition> waiting = new ArrayDeque<>();
    private int building;

    synchronized void add(TableDefinition table) {
        waiting.add(table);
    }

    /**
     * The table that has waited longest, which the caller then finishes, or null.
     *
     * @param rowsCome whether there is something else to do
     * @param writers how many may work now
     */
    synchronized @Nullable TableDefinition take(boolean rowsCome, int writers) {
        if (!has(rowsCome, writers)) {
            return null;
        }
        building++;
        return waiting.remove();
    }

    /** Whether {@link #take} has one to give. */
    synchronized boolean has(boolean rowsCome, int writers) {
        return !waiting.isEmpty() && !(rowsCome && building >= writers / 2);
    }

    synchronized void finished() {
        building--;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    synchronized boolean isBuilding() {
        return building > 0;
    }
}
