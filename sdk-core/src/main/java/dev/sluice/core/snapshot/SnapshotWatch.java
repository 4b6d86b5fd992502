// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.plan.SnapshotLimits;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.ServerErrorCode;
import dev.sluice.core.mysql.SessionUse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds, in a session of its own, what open snapshots cost their source, warns, and ends what reads them when
 * they cost too much, or are gone: who reads from a connection that broke without a word would wait for hours. Thread-safe.
 */
public final class SnapshotWatch implements AutoCloseable {
    /** Between two looks. */
    public static final Duration EVERY = Duration.ofSeconds(10);

    /** A source that has said nothing for so long, however often it was asked, is given up. */
    static final Duration SILENCE = Duration.ofSeconds(60);

    private static final Logger log = LoggerFactory.getLogger(SnapshotWatch.class);

    private final MySqlConnector source;
    private final LimitCheck check;
    private final Consumer<Problem> warnings;
    private final Cancellation limit = new Cancellation();
    private final Cancellation.Registration whileNobodyReads;
    private final Cancellation closed = new Cancellation();
    private final ScheduledThreadPoolExecutor timer;
    private final long opened = System.nanoTime();
    private final List<Long> readers;
    private volatile @Nullable Problem exceeded;

    /** The timer's thread only. */
    private @Nullable MySqlSession session;

    /** The timer's thread only. */
    private long answered = System.nanoTime();

    /** The timer's thread only. Through a proxy sessions have other numbers than the server's: then nothing follows from not seeing them. */
    private boolean wereSeen;

    private SnapshotWatch(
            MySqlConnector source,
            List<Long> readers,
            SnapshotLimits limits,
            Consumer<Problem> warnings,
            Runnable closeSnapshots) {
        this.source = source;
        this.readers = List.copyOf(readers);
        this.check = new LimitCheck(limits, source.label());
        this.warnings = warnings;
        this.whileNobodyReads = limit.onCancel(closeSnapshots);
        this.timer = new ScheduledThreadPoolExecutor(1, Threads.named("sluice-snapshot-watch"));
    }

    /**
     * Begins to watch a snapshot that has just been opened, and its sessions. It is closed when a limit is reached while nobody reads.
     *
     * @param warnings hears each warning once, on the watch's own thread; must be quick
     */
    public static SnapshotWatch begin(
            MySqlConnector source, SnapshotLimits limits, Consumer<Problem> warnings, Snapshot snapshot) {
        return begin(source, snapshot.sessions(), limits, warnings, snapshot::close, EVERY);
    }

    /**
     * Begins to watch what programs have just opened, whose sessions are not known.
     *
     * @param warnings hears each warning once, on the watch's own thread; must be quick
     * @param closeSnapshots closes them, when a limit is reached while nobody reads
     */
    public static SnapshotWatch begin(
            MySqlConnector source, SnapshotLimits limits, Consumer<Problem> warnings, Runnable closeSnapshots) {
        return begin(source, List.of(), limits, warnings, closeSnapshots, EVERY);
    }

    static SnapshotWatch begin(
            MySqlConnector source,
            List<Long> readers,
            SnapshotLimits limits,
            Consumer<Problem> warnings,
            Runnable closeSnapshots,
            Duration every) {
        SnapshotWatch watch = new SnapshotWatch(source, readers, limits, warnings, closeSnapshots);
        // Its failures are logged by the task itself; the timer ends with the watch.
        var unused = watch.timer.scheduleWithFixedDelay(watch::look, 0, every.toNanos(), TimeUnit.NANOSECONDS);
        return watch;
    }

    private void look() {
        try {
            lost().ifPresent(this::end);
            OptionalLong history = history();
            Duration age = Duration.ofNanos(System.nanoTime() - opened);
            check.warnings(age, history).forEach(warnings);
            check.exceeded(age, history).ifPresent(this::end);
        } catch (RuntimeException defect) {
            log.warn("Open snapshots could not be watched. server={}", source.label(), defect);
        }
    }

    /** That sessions of the snapshot are not there any more, or that the server has been silent for so long that nobody can know. */
    private Optional<Problem> lost() {
        try {
            long there = ask(asking -> Sessions.countOf(readers, asking));
            answered = System.nanoTime();
            boolean allAreThere = there == readers.size();
            wereSeen |= allAreThere;
            return allAreThere || !wereSeen
                    ? Optional.empty()
                    : Optional.of(lost((readers.size() - there) + " sessions of the snapshot on " + source.label()
                            + " have ended"));
        } catch (StepUnavailableException silent) {
            disconnect();
            Duration silence = Duration.ofNanos(System.nanoTime() - answered);
            // Who is told that there is no room has an answer.
            return silence.compareTo(SILENCE) < 0 || silent.code() == ServerErrorCode.TOO_MANY_CONNECTIONS
                    ? Optional.empty()
                    : Optional.of(lost(source.label() + " has not answered for " + silence.toSeconds() + " s"));
        } catch (StepException refused) {
            disconnect();
            return Optional.empty();
        }
    }

    private static Problem lost(String what) {
        return Problem.of(SnapshotErrorCode.SNAPSHOT_LOST, what);
    }

    private <T> T ask(Function<MySqlSession, T> question) {
        MySqlSession asking = connected();
        try (Cancellation.Registration killed = asking.cancellable(closed, source)) {
            return question.apply(asking);
        }
    }

    /** A server that cannot be asked now is asked again at the next look. */
    private OptionalLong history() {
        try {
            return OptionalLong.of(ask(UndoHistory::length));
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
        // Of snapshots that were closed it is no news that their sessions have ended.
        if (exceeded == null && !closed.isCancelled()) {
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
