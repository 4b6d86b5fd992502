// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.core.log.LogContext;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one Sluice's runs: one for each that goes on, of the host's executor or its own, and a few that look after the time and the leases
 * of all of them. Those end by themselves when there is nothing to look after. A journal that does not answer holds up leases, and no deadline.
 * Thread-safe.
 */
public final class RunThreads {
    /** Renewing a lease and ending a step can take some seconds each, when servers do not answer. */
    private static final int TIMERS = 4;

    private static final Duration IDLE = Duration.ofMillis(200);

    private final @Nullable Executor given;
    private final ScheduledThreadPoolExecutor timer = pool("sluice-timer-");
    private final ScheduledThreadPoolExecutor leases = pool("sluice-lease-");

    /** @param given runs each run from its beginning to its end; null for a new thread each */
    public RunThreads(@Nullable Executor given) {
        this.given = given;
    }

    private static ScheduledThreadPoolExecutor pool(String name) {
        AtomicInteger count = new AtomicInteger();
        ScheduledThreadPoolExecutor pool =
                new ScheduledThreadPoolExecutor(TIMERS, work -> daemon(name + count.incrementAndGet(), work));
        pool.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        pool.allowCoreThreadTimeOut(true);
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Has a run, or its taking back, done.
     *
     * @param name of the thread, if it is not the host's
     * @throws java.util.concurrent.RejectedExecutionException if the host's executor takes nothing more
     */
    void start(String name, Runnable work) {
        Executor hosts = given;
        if (hosts == null) {
            daemon(name, work).start();
        } else {
            hosts.execute(work);
        }
    }

    /** Does something after a while; the work must not throw. Cancel what is not needed any more. */
    Future<?> after(Duration time, Runnable work) {
        return timer.schedule(LogContext.carriedTo(work), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Has a lease renewed again and again, with this pause between; the work must not throw. Cancel it in the end. */
    Future<?> renewEvery(Duration pause, Runnable work) {
        return leases.scheduleWithFixedDelay(
                LogContext.carriedTo(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
