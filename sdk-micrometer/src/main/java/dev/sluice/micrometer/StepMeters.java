// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunListener;
import io.micrometer.core.instrument.LongTaskTimer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The steps of runs, and what goes wrong in them. Thread-safe. */
final class StepMeters implements RunListener, AutoCloseable {
    /** What happens before the first step, or after the last. */
    private static final String NO_STEP = "none";

    private final Meters meters;
    private final Map<RunId, Current> underWay = new ConcurrentHashMap<>();

    StepMeters(Meters meters) {
        this.meters = meters;
        for (RunEvent.UndoOutcome outcome : RunEvent.UndoOutcome.values()) {
            meters.counter(Metric.UNDOS, Meters.value(outcome));
        }
    }

    /** A run takes its steps one after the other. */
    private record Current(GuideStep row, LongTaskTimer.Sample sample) {}

    @Override
    public void onEvent(RunEvent event) {
        if (event instanceof RunEvent.StepStarted started) {
            begun(started.run(), started.row());
        } else if (event instanceof RunEvent.StepFinished finished) {
            stop(event.run());
            meters.timer(
                            Metric.STEP,
                            Meters.value(finished.result().row()),
                            Meters.value(finished.result().outcome()))
                    .record(finished.result().took());
        } else if (event instanceof RunEvent.RetryScheduled retry) {
            meters.counter(
                            Metric.RETRIES,
                            step(event.run()),
                            retry.problem().code().id())
                    .increment();
        } else if (event instanceof RunEvent.OutcomeUnknown) {
            meters.counter(Metric.OUTCOMES_UNKNOWN, step(event.run())).increment();
        } else if (event instanceof RunEvent.Warning warning) {
            meters.counter(Metric.WARNINGS, warning.problem().code().id()).increment();
        } else if (event instanceof RunEvent.UndoPlayed undo) {
            meters.counter(Metric.UNDOS, Meters.value(undo.outcome())).increment();
        } else if (event instanceof RunEvent.RunFinished) {
            stop(event.run());
        }
    }

    private void begun(RunId run, GuideStep row) {
        stop(run);
        underWay.put(
                run,
                new Current(
                        row,
                        meters.longTaskTimer(Metric.STEP_ACTIVE, Meters.value(row))
                                .start()));
    }

    private void stop(RunId run) {
        Current before = underWay.remove(run);
        if (before != null) {
            before.sample().stop();
        }
    }

    private String step(RunId run) {
        Current now = underWay.get(run);
        return now == null ? NO_STEP : Meters.value(now.row());
    }

    /** Whatever goes on is not watched any more. */
    @Override
    public void close() {
        underWay.keySet().forEach(this::stop);
    }
}
