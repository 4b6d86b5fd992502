// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.core.log.LogContext;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Ends work that makes no progress for too long: pipes have no time limit of their own. Thread-safe. */
final class StallWatch implements AutoCloseable {
    private static final int LOOKS = 20;

    private final LongSupplier progress;
    private final Duration longest;
    private final Runnable end;
    private final ScheduledThreadPoolExecutor timer;
    private final ScheduledFuture<?> looking;
    private long last;
    private long since;
    private volatile boolean fired;

    StallWatch(LongSupplier progress, Duration longest, Runnable end) {
        this.progress = progress;
        this.longest = longest;
        this.end = end;
        this.last = progress.getAsLong();
        this.since = System.nanoTime();
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(LogContext.carriedTo(work), "sluice-dump-watch");
            thread.setDaemon(true);
            return thread;
        });
        long every = Math.max(1, longest.toMillis() / LOOKS);
        this.looking = timer.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        long now = progress.getAsLong();
        if (now != last) {
            last = now;
            since = System.nanoTime();
        } else if (!fired && System.nanoTime() - since > longest.toNanos()) {
            fired = true;
            end.run();
        }
    }

    boolean fired() {
        return fired;
    }

    @Override
    public void close() {
        looking.cancel(false);
        timer.shutdownNow();
    }
}
