// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What runs of one Sluice are doing, so that closing it stops all of it and lets nothing begin any more. Thread-safe.
 */
public final class OpenRuns {
    private final Set<Work> works = new LinkedHashSet<>();
    private final ReplicaTurns turns = new ReplicaTurns();
    private boolean closed;

    /**
     * Work begins.
     *
     * @param stop ends it, and waits for at most this long until it has let go of its servers
     * @throws IllegalStateException if this is closed
     */
    Work enter(Consumer<Duration> stop) {
        Work work = new Work(this, stop);
        synchronized (works) {
            if (closed) {
                throw new IllegalStateException("This Sluice is closed");
            }
            works.add(work);
        }
        return work;
    }

    /** Whose turn it was on which replica. */
    ReplicaTurns turns() {
        return turns;
    }

    /** Stops everything, one after the other, each with this patience. Nothing can begin any more. */
    public void close(Duration patience) {
        List<Work> open;
        synchronized (works) {
            closed = true;
            open = List.copyOf(works);
        }
        open.forEach(work -> work.stop.accept(patience));
    }

    /** Something that goes on until it is closed. */
    static final class Work implements AutoCloseable {
        private final OpenRuns open;
        private final Consumer<Duration> stop;

        private Work(OpenRuns open, Consumer<Duration> stop) {
            this.open = open;
            this.stop = stop;
        }

        @Override
        public void close() {
            synchronized (open.works) {
                open.works.remove(this);
            }
        }
    }
}
