// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** Copies of rows, and the locks before them. Thread-safe. */
final class CopyMeters implements RunListener {
    private final Counter rows;
    private final Counter bytes;
    private final Counter tables;
    private final Counter restarts;
    private final Timer locks;
    private final Timer pauses;
    private final Map<RunId, CopyNow> underWay = new ConcurrentHashMap<>();

    CopyMeters(Meters meters) {
        this.rows = meters.counter(Metric.COPY_ROWS);
        this.bytes = meters.counter(Metric.COPY_BYTES);
        this.tables = meters.counter(Metric.COPY_TABLES);
        this.restarts = meters.counter(Metric.COPY_RESTARTS);
        this.locks = meters.timer(Metric.LOCK);
        this.pauses = meters.timer(Metric.COPY_PAUSE);
        meters.gauge(Metric.COPY_LEFT, this, all -> all.sum(CopyNow::bytesLeft));
        meters.gauge(Metric.COPIES_PAUSED, this, all -> all.sum(copy -> copy.isPaused() ? 1 : 0));
        meters.gauge(Metric.COPY_CONNECTIONS, this, all -> all.sum(CopyNow::readers), "reader");
        meters.gauge(Metric.COPY_CONNECTIONS, this, all -> all.sum(CopyNow::writers), "writer");
    }

    private double sum(ToDoubleFunction<CopyNow> figure) {
        return underWay.values().stream().mapToDouble(figure).sum();
    }

    /**
     * The copy of one run.
     *
     * @param rows that were counted
     * @param bytes that were counted
     * @param bytesLeft by the source's statistics
     */
    private record CopyNow(long rows, long bytes, long bytesLeft, int readers, int writers, boolean isPaused) {
        static final CopyNow NONE = new CopyNow(0, 0, 0, 0, 0, false);

        CopyNow at(RunEvent.Progress now) {
            return new CopyNow(
                    now.rows(),
                    now.bytes(),
                    Math.max(0, now.estimatedBytes() - now.bytes()),
                    readers,
                    writers,
                    isPaused);
        }

        CopyNow by(RunEvent.CopyPaceChanged pace) {
            return new CopyNow(rows, bytes, bytesLeft, pace.readers(), pace.writers(), isPaused);
        }

        CopyNow paused(boolean now) {
            return new CopyNow(rows, bytes, bytesLeft, readers, writers, now);
        }
    }

    @Override
    public void onEvent(RunEvent event) {
        if (event instanceof RunEvent.Progress progress) {
            progress(progress);
        } else if (event instanceof RunEvent.TableCopied) {
            tables.increment();
        } else if (event instanceof RunEvent.LockReleased lock) {
            locks.record(lock.held());
        } else if (event instanceof RunEvent.CopyPaceChanged pace) {
            change(event.run(), copy -> copy.by(pace));
        } else if (event instanceof RunEvent.CopyPaused) {
            change(event.run(), copy -> copy.paused(true));
        } else if (event instanceof RunEvent.CopyWentOn wentOn) {
            pauses.record(wentOn.paused());
            change(event.run(), copy -> copy.paused(false));
        } else if (event instanceof RunEvent.CopyStartsOver) {
            restarts.increment();
            underWay.remove(event.run());
        } else if (event instanceof RunEvent.StepFinished || event instanceof RunEvent.RunFinished) {
            // A copy is the work of one step, whichever it is.
            underWay.remove(event.run());
        }
    }

    private void progress(RunEvent.Progress now) {
        CopyNow before = underWay.getOrDefault(now.run(), CopyNow.NONE);
        rows.increment((double) Math.max(0, now.rows() - before.rows()));
        bytes.increment((double) Math.max(0, now.bytes() - before.bytes()));
        change(now.run(), copy -> copy.at(now));
    }

    private void change(RunId run, UnaryOperator<CopyNow> how) {
        underWay.compute(run, (id, before) -> how.apply(before == null ? CopyNow.NONE : before));
    }
}
