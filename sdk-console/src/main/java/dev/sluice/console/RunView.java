// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.TableProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where one run stands, by its events so far, and how that is shown. Not thread-safe. */
final class RunView {
    private static final Comparator<TableProgress> BIGGEST_FIRST =
            Comparator.comparingLong(TableProgress::estimatedRows).reversed().thenComparing(TableProgress::table);

    private final RunId run;
    private RunState state = RunState.RUNNING;
    private int steps;
    private int stepsDone;
    private @Nullable GuideStep row;
    private Instant since;
    private Pace pace;
    private Pace pauses = Pace.atOnce();
    private int tablesCopied;
    private RunEvent.@Nullable Progress copy;
    private RunEvent.@Nullable Comparing comparing;
    private RunEvent.@Nullable LagObserved lag;
    private @Nullable String paused;
    private @Nullable String trying;

    RunView(RunId run, Instant now) {
        this.run = run;
        this.since = now;
        this.pace = Pace.soonAfter(now);
    }

    RunId run() {
        return run;
    }

    /** Takes in what happened. */
    void hear(RunEvent event, Instant now) {
        if (event instanceof RunEvent.RunStarted started) {
            steps = started.steps();
        } else if (event instanceof RunEvent.RunResumed resumed) {
            steps = resumed.steps();
        } else if (event instanceof RunEvent.StepStarted step) {
            begin(step.row(), now);
        } else if (event instanceof RunEvent.StepFinished) {
            stepsDone++;
            begin(null, now);
        } else if (event instanceof RunEvent.StateChanged changed) {
            state = changed.state();
            if (state == RunState.CANCELLING) {
                // The bars of what it was at would stand still meanwhile.
                begin(row, now);
            }
        } else {
            hearOfWork(event);
        }
    }

    private void begin(@Nullable GuideStep next, Instant now) {
        row = next;
        since = now;
        pace = Pace.soonAfter(now);
        pauses = Pace.atOnce();
        tablesCopied = 0;
        copy = null;
        comparing = null;
        lag = null;
        paused = null;
        trying = null;
    }

    private void hearOfWork(RunEvent event) {
        if (event instanceof RunEvent.Progress progress) {
            copy = progress;
            trying = null;
        } else if (event instanceof RunEvent.TableCopied) {
            tablesCopied++;
        } else if (event instanceof RunEvent.CopyStartsOver) {
            tablesCopied = 0;
        } else if (event instanceof RunEvent.CopyPaused pause) {
            paused = pause.reason();
        } else if (event instanceof RunEvent.CopyWentOn) {
            paused = null;
        } else if (event instanceof RunEvent.RetryScheduled retry) {
            trying = "try " + (retry.failedAttempt() + 1) + " in " + Amounts.time(retry.pause());
        } else if (event instanceof RunEvent.OperationStarted || event instanceof RunEvent.OperationFinished) {
            trying = null;
        } else if (event instanceof RunEvent.Comparing compared) {
            comparing = compared;
        } else if (event instanceof RunEvent.LagObserved observed) {
            lag = observed;
        }
    }

    /** The number of a step that is ending now, such as {@code [ 3/12]}. */
    String place() {
        String all = Integer.toString(Math.max(steps, stepsDone + 1));
        String now = Integer.toString(stepsDone + 1);
        return "[" + " ".repeat(all.length() - now.length()) + now + "/" + all + "]";
    }

    /** Whether a line about a pause of the copy is due: a throttle may open and close all day. */
    boolean isPauseToBeTold(Instant now) {
        return pauses.isDue(now);
    }

    /** For the bottom of a terminal: at most so many lines, the whole first. */
    List<String> lines(int columns, int most) {
        RunEvent.Progress copied = copy;
        if (copied != null) {
            return Bar.lines(copyBars(copied, most), columns);
        }
        RunEvent.Comparing compared = comparing;
        if (compared != null) {
            return Bar.lines(List.of(comparisonBar(compared)), columns);
        }
        return List.of();
    }

    private List<Bar> copyBars(RunEvent.Progress copied, int most) {
        List<Bar> bars = new ArrayList<>();
        bars.add(new Bar("Copying", Amounts.percent(copied.rows(), copied.estimatedRows()), copyDetails(copied)));
        copied.tables().stream()
                .sorted(BIGGEST_FIRST)
                .limit(Math.max(0, most - 1))
                .map(RunView::bar)
                .forEach(bars::add);
        return bars;
    }

    private static Bar bar(TableProgress table) {
        return new Bar(
                "  " + table.table(),
                Amounts.percent(table.rows(), table.estimatedRows()),
                List.of(rows(table.rows(), table.estimatedRows()), Amounts.bytes(table.bytes())));
    }

    private List<String> copyDetails(RunEvent.Progress copied) {
        List<String> details = new ArrayList<>();
        Optional.ofNullable(paused).ifPresent(reason -> details.add("paused: " + reason));
        Optional.ofNullable(trying).ifPresent(details::add);
        copied.eta().ifPresent(left -> details.add(Amounts.time(left) + " left"));
        details.add(Amounts.count(copied.rowsPerSecond()) + " rows/s");
        details.add(Amounts.bytes(copied.bytesPerSecond()) + "/s");
        details.add(rows(copied.rows(), copied.estimatedRows()));
        if (tablesCopied > 0) {
            details.add(tables(tablesCopied) + " done");
        }
        return details;
    }

    private static Bar comparisonBar(RunEvent.Comparing compared) {
        return new Bar(
                "Comparing", Amounts.percent(compared.rows(), compared.estimatedRows()), comparisonDetails(compared));
    }

    private static List<String> comparisonDetails(RunEvent.Comparing compared) {
        List<String> details = new ArrayList<>();
        details.add(compared.tablesDone() + " of " + tables(compared.tables()));
        details.add(rows(compared.rows(), compared.estimatedRows()));
        if (compared.lookedAtAgain() > 0) {
            details.add(Amounts.count(compared.lookedAtAgain()) + " rows looked at again");
        }
        return details;
    }

    private static String rows(long done, long expected) {
        return done >= expected
                ? Amounts.count(done) + " rows"
                : Amounts.count(done) + " of about " + Amounts.count(expected) + " rows";
    }

    private static String tables(int number) {
        return number + (number == 1 ? " table" : " tables");
    }

    /** What is going on, in one line: for steps without a bar, and with its figures as a plain line. */
    String status(Instant now) {
        String what = row == null ? beforeOrAfter() : row.title();
        return place() + " " + what + ", " + Amounts.time(Duration.between(since, now))
                + doing().map(doing -> ": " + doing).orElse("");
    }

    private String beforeOrAfter() {
        if (steps == 0) {
            return "Taking back what was done";
        }
        return stepsDone == 0 ? "Beginning" : "Between two steps";
    }

    private Optional<String> doing() {
        RunEvent.Progress copied = copy;
        if (copied != null) {
            return Optional.of(Stream.concat(
                            copyDetails(copied).stream(),
                            copied.tables().stream()
                                    .min(BIGGEST_FIRST)
                                    .map(table -> "now at " + table.table())
                                    .stream())
                    .reduce(Amounts.percent(copied.rows(), copied.estimatedRows()) + "%", (a, b) -> a + ", " + b));
        }
        RunEvent.Comparing compared = comparing;
        if (compared != null) {
            return Optional.of(String.join(", ", comparisonDetails(compared)));
        }
        return Optional.ofNullable(trying).or(this::waiting).or(this::behind);
    }

    private Optional<String> waiting() {
        return switch (state) {
            case PAUSED -> Optional.of("paused, as the plan asks");
            case WAITING_FOR_PERSON -> Optional.of("waits for a person, see above");
            case CANCELLING -> Optional.of("cancelled, takes back what it has changed");
            default -> Optional.empty();
        };
    }

    private Optional<String> behind() {
        RunEvent.LagObserved seen = lag;
        if (seen == null) {
            return Optional.empty();
        }
        return Optional.of(seen.lag()
                .map(behind -> "the replica is " + behind.toSeconds() + " s behind")
                .orElse("the replica cannot tell its lag: " + seen.state()));
    }

    /** The same as a plain line, if one is due. */
    Optional<String> dueLine(Instant now) {
        return pace.isDue(now) ? Optional.of("    " + Printable.line(status(now))) : Optional.empty();
    }
}
