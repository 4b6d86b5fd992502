// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunListener;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows runs as they go: a line for each step and for whatever somebody should know, and below them, on a terminal, bars for the copy as a whole and for
 * the biggest tables that are under way, or the comparison, or the step with its time and the replica's lag. Elsewhere the same as plain lines, few
 * of them however long a run takes.
 *
 * <pre>{@code
 * try (ConsoleProgress progress = ConsoleProgress.on(System.out)) {
 *     RunResult result = sluice.start(compiled, progress).await();
 * }
 * }</pre>
 *
 * <p>Whatever else the program or its loggers print to the terminal appears above the bars, whole and in its order. Text from servers is shown without
 * control characters. Nothing waits for the console but the thread that tells listeners, and one of its own, a daemon, which begins with the first event.
 * If the process is killed, the terminal keeps the bars' place until the command {@code reset}; on every other end they go.
 *
 * <p>May be given to several runs, and to {@code Sluice.builder().listener(…)}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ConsoleProgress implements RunListener, AutoCloseable {
    private static final Duration FRAME = Duration.ofMillis(250);
    private static final Duration LINE = Duration.ofSeconds(1);
    private static final Duration SIZE_HOLDS = Duration.ofSeconds(1);
    /** Whoever ends the process does not wait long for a terminal that takes nothing. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final PrintStream out;
    private final @Nullable Supplier<Optional<TerminalSize>> window;
    private final Clock clock;
    private final Display display;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread atExit = new Thread(this::endAtExit, "sluice-console-end");
    private @Nullable Thread painter;
    private boolean closed;

    private ConsoleProgress(PrintStream out, @Nullable Supplier<Optional<TerminalSize>> window) {
        this.out = requireNonNull(out, "out");
        this.window = window;
        this.clock = Clock.systemUTC();
        this.display = new Display(this::write);
    }

    /**
     * Bars if this process's standard output is a terminal that takes them, plain lines otherwise: in a pipe or file, where the environment has
     * {@code CI}, {@code NO_COLOR}, {@code TERM=dumb} or no {@code TERM}, and where the programs {@code test} and {@code stty} are missing, as on Windows. A window of
     * less than 40 columns or 10 rows gets plain lines as long as it is that small.
     *
     * @param standardOutput {@code System.out}, or a stream that ends there; never closed
     */
    public static ConsoleProgress on(PrintStream standardOutput) {
        return Terminal.takesBars(System.getenv()) ? bars(standardOutput, Terminal::size) : lines(standardOutput);
    }

    /**
     * Plain lines, wherever they go.
     *
     * @param out never closed
     */
    public static ConsoleProgress lines(PrintStream out) {
        return new ConsoleProgress(out, null);
    }

    /**
     * Bars on a terminal of the caller's.
     *
     * @param terminal understands the control sequences of a VT100; never closed
     * @param window asked about once a second, on a thread of its own; plain lines as long as it is empty or too small for bars
     */
    public static ConsoleProgress bars(PrintStream terminal, Supplier<Optional<TerminalSize>> window) {
        return new ConsoleProgress(terminal, requireNonNull(window, "window"));
    }

    /** Shows what happened. Does nothing after {@link #close()}. */
    @Override
    public void onEvent(RunEvent event) {
        lock.lock();
        try {
            begin();
            if (!closed) {
                display.hear(event, clock.instant());
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        if (painter != null || closed) {
            return;
        }
        if (window != null && !willBeEnded()) {
            closed = true;
            return;
        }
        Thread thread = new Thread(this::paint, "sluice-console");
        thread.setDaemon(true);
        painter = thread;
        thread.start();
    }

    /** The terminal gets its last lines back however the process ends, unless it is ending already. */
    private boolean willBeEnded() {
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
            return true;
        } catch (IllegalStateException isEnding) {
            return false;
        }
    }

    private void paint() {
        Supplier<Optional<TerminalSize>> terminal = window;
        Optional<TerminalSize> size = Optional.empty();
        Instant asked = Instant.MIN;
        try {
            while (awaitRun()) {
                Instant now = clock.instant();
                if (terminal != null && Duration.between(asked, now).compareTo(SIZE_HOLDS) >= 0) {
                    // May start a program: nobody waits for it.
                    size = terminal.get();
                    asked = now;
                }
                if (!tick(size)) {
                    return;
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is still something to wait for. */
    private boolean awaitRun() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (display.isIdle() && !closed) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean tick(Optional<TerminalSize> size) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (closed) {
                return false;
            }
            display.tick(size, clock.instant());
            long pause = (size.isPresent() ? FRAME : LINE).toMillis();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
            long left = pause;
            // Events that come meanwhile are not painted one by one.
            while (!closed && !display.isIdle() && left > 0) {
                var unused = changed.await(left, TimeUnit.MILLISECONDS);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** By one call, which the terminal does not divide: what others print comes before it or after it. */
    private void write(String text) {
        out.print(text);
        out.flush();
    }

    /** Takes the bars away; lines that were printed stay. Later events are not shown. Without effect the second time. */
    @Override
    public void close() {
        lock.lock();
        try {
            end();
        } finally {
            lock.unlock();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException isEnding) {
            // The process ends anyway, and the bars are gone.
        }
    }

    private void end() {
        if (!closed) {
            closed = true;
            display.end();
            changed.signalAll();
        }
    }

    private void endAtExit() {
        try {
            if (lock.tryLock(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    end();
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
