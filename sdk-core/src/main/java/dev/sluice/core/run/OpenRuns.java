// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs of one Sluice are doing, so that closing it stops all of it and lets nothing begin any more. Thread-safe.
 */
public final class OpenRuns {
    private static final Logger log = LoggerFactory.getLogger(OpenRuns.class);

    /** Stopping waits for servers that may not answer. */
    private static final int STOPPERS = 16;

    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final Set<Work> works = new LinkedHashSet<>();
    private final ReplicaTurns turns = new ReplicaTurns();
    private final RunThreads threads;
    private boolean closed;

    /** @param threads on which everything goes on */
    public OpenRuns(RunThreads threads) {
        this.threads = threads;
    }

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

    RunThreads threads() {
        return threads;
    }

    /** Whose turn it was on which replica. */
    ReplicaTurns turns() {
        return turns;
    }

    /** Stops everything, many at a time, and waits this long for all of them together. Nothing can begin any more. */
    public void close(Duration patience) {
        List<Work> open;
        synchronized (works) {
            closed = true;
            open = List.copyOf(works);
        }
        if (!open.isEmpty()) {
            stop(open, patience);
        }
    }

    private static void stop(List<Work> open, Duration patience) {
        ExecutorService stoppers = Executors.newFixedThreadPool(Math.min(open.size(), STOPPERS), OpenRuns::stopper);
        long end = System.nanoTime() + patience.toNanos();
        open.forEach(work -> stoppers.execute(() -> work.stop.accept(left(end))));
        stoppers.shutdown();
        try {
            // Each gives up by itself when the time is over, so that this little more is hardly ever needed.
            if (!stoppers.awaitTermination(patience.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Not all that was under way could be stopped in time; it ends by itself.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread stopper(Runnable work) {
        Thread thread = new Thread(work, "sluice-close");
        thread.setDaemon(true);
        return thread;
    }

    private static Duration left(long end) {
        long nanos = end - System.nanoTime();
        return nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
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
