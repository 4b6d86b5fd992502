// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.SnapshotLimits;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds, in a session of its own, what open snapshots cost their source, warns, and ends what reads them when
 * they cost too much. Thread-safe.
 */
public final class SnapshotWatch implements AutoCloseable {
    /** Between two looks. */
    public static final Duration EVERY = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(SnapshotWatch.class);

    private final MySqlConnector source;
    private final LimitCheck check;
    private final Consumer<Problem> warnings;
    private final Cancellation limit = new Cancellation();
    private final Cancellation.Registration whileNobodyReads;
    private final Cancellation closed = new Cancellation();
    private final ScheduledThreadPoolExecutor timer;
    private final long opened = System.nanoTime();
    private volatile @Nullable Problem exceeded;

    /** The timer's thread only. */
    private @Nullable MySqlSession session;

    private SnapshotWatch(
            MySqlConnector source, SnapshotLimits limits, Consumer<Problem> warnings, Runnable closeSnapshots) {
        this.source = source;
        this.check = new LimitCheck(limits, source.label());
        this.warnings = warnings;
        this.whileNobodyReads = limit.onCancel(closeSnapshots);
        this.timer = new ScheduledThreadPoolExecutor(1, Threads.named("sluice-snapshot-watch"));
    }

    /**
     * Begins to watch snapshots that have just been opened.
     *
     * @param warnings hears each warning once, on the watch's own thread; must be quick
     * @param closeSnapshots closes them, when a limit is reached while nobody reads
     */
    public static SnapshotWatch begin(
            MySqlConnector source, SnapshotLimits limits, Consumer<Problem> warnings, Runnable closeSnapshots) {
        return begin(source, limits, warnings, closeSnapshots, EVERY);
    }

    static SnapshotWatch begin(
            MySqlConnector source,
            SnapshotLimits limits,
            Consumer<Problem> warnings,
            Runnable closeSnapshots,
            Duration every) {
        SnapshotWatch watch = new SnapshotWatch(source, limits, warnings, closeSnapshots);
        // Its failures are logged by the task itself; the timer ends with the watch.
        var unused = watch.timer.scheduleWithFixedDelay(watch::look, 0, every.toNanos(), TimeUnit.NANOSECONDS);
        return watch;
    }

    private void look() {
        try {
            OptionalLong history = history();
            Duration age = Duration.ofNanos(System.nanoTime() - opened);
            check.warnings(age, history).forEach(warnings);
            check.exceeded(age, history).ifPresent(this::end);
        } catch (RuntimeException defect) {
            log.warn("Open snapshots could not be watched. server={}", source.label(), defect);
        }
    }

    /** A server that cannot be asked now is asked again at the next look. */
    private OptionalLong history() {
        try {
            MySqlSession asking = connected();
            try (Cancellation.Registration killed = asking.cancellable(closed, source)) {
                return OptionalLong.of(UndoHistory.length(asking));
            }
        } catch (StepException failure) {
            disconnect();
            if (!closed.isCancelled()) {
                check.unreadable(failure.problems().get(0)).ifPresent(warnings);
            }
            return OptionalLong.empty();
        }
    }

    private MySqlSession connected() {
        MySqlSession current = session;
        if (current == null) {
            current = source.open(SessionUse.CONTROL);
            session = current;
        }
        return current;
    }

    private void disconnect() {
        MySqlSession old = session;
        session = null;
        if (old != null) {
            old.close();
        }
    }

    private void end(Problem why) {
        if (exceeded == null) {
            exceeded = why;
            limit.cancel();
        }
    }

    /**
     * Reads the snapshots, until the work is done, the outer cancellation comes, or a limit is reached.
     *
     * @param work ends soon when the cancellation that it gets comes
     * @throws StepRefusedException SNAPSHOT_TOO_OLD or HISTORY_TOO_LONG if a limit was reached, before or meanwhile
     */
    public void whileReading(Cancellation outer, Consumer<Cancellation> work) {
        whileNobodyReads.close();
        refuseIfExceeded(null);
        Cancellation both = new Cancellation();
        try (Cancellation.Registration fromOutside = outer.onCancel(both::cancel);
                Cancellation.Registration fromHere = limit.onCancel(both::cancel)) {
            work.accept(both);
        } catch (RuntimeException failure) {
            if (!outer.isCancelled()) {
                refuseIfExceeded(failure);
            }
            throw failure;
        }
    }

    private void refuseIfExceeded(@Nullable RuntimeException cause) {
        Problem why = exceeded;
        if (why != null) {
            throw new StepRefusedException(why, cause);
        }
    }

    /** Ends the watch and its session. A second call does nothing. */
    @Override
    public void close() {
        whileNobodyReads.close();
        if (!closed.isCancelled()) {
            timer.execute(this::disconnect);
            timer.shutdown();
            closed.cancel();
        }
    }
}
