// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Batches that wait for a writer, oldest first. Two that follow each other in one unit are written one after the other as long as there are
 * others to write: side by side the later one's rows would be in the way of the earlier one's, in the middle of the replica's pages. Thread-safe.
 */
final class BatchQueue {
    /** Never many: each of them has one of a bounded number of buffers. */
    private final List<Batch> waiting = new ArrayList<>();

    /** How many batches of each unit are being written. */
    private final Map<RowUnit, Integer> underWay = new HashMap<>();

    synchronized void add(Batch batch) {
        waiting.add(batch);
        notify();
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Waits so long for a batch, which the caller then writes, or returns null. */
    synchronized @Nullable Batch take(long millis) throws InterruptedException {
        if (waiting.isEmpty()) {
            TimeUnit.MILLISECONDS.timedWait(this, millis);
        }
        Batch next = next();
        if (next != null) {
            underWay.merge(next.unit(), 1, Integer::sum);
        }
        return next;
    }

    private @Nullable Batch next() {
        for (Iterator<Batch> all = waiting.iterator(); all.hasNext(); ) {
            Batch batch = all.next();
            if (!underWay.containsKey(batch.unit())) {
                all.remove();
                return batch;
            }
        }
        return waiting.isEmpty() ? null : waiting.remove(0);
    }

    /** The batch is on the replica. */
    synchronized void written(Batch batch) {
        underWay.computeIfPresent(batch.unit(), (unit, batches) -> batches == 1 ? null : batches - 1);
    }
}
