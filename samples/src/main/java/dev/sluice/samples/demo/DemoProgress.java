// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.StepResult;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows a run as it goes: a line a step, and a bar for the copy on a terminal, plain lines elsewhere. */
final class DemoProgress implements RunListener, AutoCloseable {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

    private final PrintStream out;
    private final boolean terminal = Boolean.getBoolean("sluice.demo.terminal");
    private @Nullable ProgressBar bar;
    private Instant lastLine = Instant.EPOCH;

    DemoProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onEvent(RunEvent event) {
        if (event instanceof RunEvent.StepFinished step) {
            finishBar();
            out.println("  " + mark(step.result()) + " " + step.result().row().title() + "  "
                    + step.result().evidence() + "  ("
                    + step.result().took().toMillis() + " ms)");
        } else if (event instanceof RunEvent.Progress progress) {
            show(progress);
        } else if (event instanceof RunEvent.LagObserved seen) {
            seen.lag().ifPresent(lag -> show(lag, seen.at()));
        } else if (event instanceof RunEvent.LockReleased lock) {
            out.println("    writers waited " + lock.held().toMillis() + " ms while the snapshots opened");
        } else if (event instanceof RunEvent.Warning warning) {
            out.println("    warning: " + warning.problem());
        } else if (event instanceof RunEvent.RetryScheduled retry) {
            out.println("    try " + retry.failedAttempt() + " failed, the next in "
                    + retry.pause().toMillis() + " ms: " + retry.problem().what());
        } else if (event instanceof RunEvent.UndoPlayed undo) {
            out.println("    " + undo.outcome() + ": " + undo.purpose() + " " + undo.detail());
        }
    }

    private static String mark(StepResult result) {
        return switch (result.outcome()) {
            case DONE -> "done   ";
            case ALREADY_DONE -> "as it is";
            case FAILED -> "FAILED ";
            case NOT_REACHED -> "-      ";
        };
    }

    private void show(RunEvent.Progress progress) {
        if (terminal) {
            ProgressBar current = bar;
            if (current == null) {
                current = new ProgressBarBuilder()
                        .setTaskName("    rows copied")
                        .setStyle(ProgressBarStyle.ASCII)
                        .setInitialMax(progress.estimatedRows())
                        .showSpeed()
                        .build();
                bar = current;
            }
            current.maxHint(progress.estimatedRows()).stepTo(progress.rows());
        } else if (isTimeForALine(progress.at()) || progress.rows() == progress.estimatedRows()) {
            lastLine = progress.at();
            out.println(String.format(
                    Locale.ROOT,
                    "    %,d of about %,d rows, %.1f MB, %,d rows/s%s",
                    progress.rows(),
                    progress.estimatedRows(),
                    progress.bytes() / 1e6,
                    progress.rowsPerSecond(),
                    progress.eta()
                            .map(eta -> ", " + eta.toSeconds() + " s to go")
                            .orElse("")));
        }
    }

    private void show(Duration lag, Instant at) {
        if (isTimeForALine(at) && !lag.isZero()) {
            lastLine = at;
            out.println("    the replica is " + lag.toSeconds() + " s behind");
        }
    }

    private boolean isTimeForALine(Instant at) {
        return at.isAfter(lastLine.plus(BETWEEN_LINES));
    }

    private void finishBar() {
        ProgressBar current = bar;
        if (current != null) {
            current.close();
            bar = null;
        }
    }

    @Override
    public void close() {
        finishBar();
    }
}
