// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once a second gives readers and writers as many seats as the budget and the measured throughput allow. Closed by its owner: nothing is told
 * afterwards.
 */
final class Pacer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Pacer.class);

    private final LiveBudget budget;
    private final Pipeline pipeline;
    private final Gate gate;
    private final IntConsumer writersNeeded;
    private final CopyListener listener;
    private final int readersOpen;
    private final Tuner tuner;
    private final ScheduledThreadPoolExecutor timer;
    private CopyBudget last;
    private boolean isClosed;

    /**
     * Sets the gate for the first time; nothing goes on by itself yet.
     *
     * @param writersNeeded sees to it that there are at least so many writers
     */
    Pacer(LiveBudget budget, Pipeline pipeline, IntConsumer writersNeeded, CopyListener listener) {
        this.budget = budget;
        this.pipeline = pipeline;
        this.gate = pipeline.gate();
        this.writersNeeded = writersNeeded;
        this.listener = listener;
        this.readersOpen = gate.seats().readers();
        this.last = budget.now();
        this.tuner = new Tuner(allowed(last), System.nanoTime());
        this.timer = new ScheduledThreadPoolExecutor(1, CopyThreads.named("sluice-copy-pace"));
        sit(last, next(last, System.nanoTime()));
    }

    void start() {
        // Its failures are logged by the task itself; the timer ends with the pacer.
        var unused = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private synchronized void look() {
        try {
            if (!isClosed) {
                step(System.nanoTime());
            }
        } catch (RuntimeException defect) {
            log.warn("Readers and writers could not be given their numbers, and stay as they are.", defect);
        }
    }

    void step(long nanos) {
        CopyBudget now = budget.now();
        Seats next = next(now, nanos);
        if (!next.equals(gate.seats()) || now.bytesPerSecond() != last.bytesPerSecond()) {
            sit(now, next);
        }
        last = now;
    }

    private Seats next(CopyBudget now, long nanos) {
        if (now.tuning() == CopyBudget.Tuning.FIXED) {
            return tuner.fix(allowed(now), nanos);
        }
        return tuner.step(nanos, pipeline.confirmedBytes(), allowed(now), weather(now));
    }

    private Tuner.Weather weather(CopyBudget now) {
        if (gate.isPaused() || now.bytesPerSecond() != last.bytesPerSecond()) {
            return Tuner.Weather.STOPPED;
        }
        return pipeline.isBuildingKeys() ? Tuner.Weather.UNEVEN : Tuner.Weather.EVEN;
    }

    private Seats allowed(CopyBudget now) {
        return new Seats(Math.min(now.readers(), readersOpen), now.writers());
    }

    private void sit(CopyBudget now, Seats next) {
        gate.limit(now.bytesPerSecond());
        writersNeeded.accept(next.writers());
        pipeline.seats(next);
        listener.paceChanged(next.readers(), next.writers(), now.bytesPerSecond());
    }

    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            isClosed = true;
        }
    }
}
