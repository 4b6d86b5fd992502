// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import dev.sluice.api.run.ReplicaMove;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Runs as wholes: which go on, wait or have ended. Thread-safe. */
final class RunMeters implements RunListener {
    private static final String NEW = "new";
    private static final String RESUMED = "resumed";
    private static final String WHOLE = "whole";
    private static final String PARTLY = "partly";

    private final Meters meters;
    private final Map<RunId, RunState> underWay = new ConcurrentHashMap<>();
    private final Map<RunId, Double> lags = new ConcurrentHashMap<>();
    private final Set<RunId> left = ConcurrentHashMap.newKeySet();

    RunMeters(Meters meters) {
        this.meters = meters;
        // What nobody has seen yet is told as 0: a rate that begins with the first failure would not show it.
        Stream.of(NEW, RESUMED).forEach(how -> meters.counter(Metric.RUNS_BEGUN, how));
        Stream.of(WHOLE, PARTLY).forEach(outcome -> meters.counter(Metric.RUNS_TAKEN_BACK, outcome));
        for (RunState state : RunState.values()) {
            if (!state.isFinal()) {
                meters.gauge(Metric.RUNS_ACTIVE, underWay, runs -> count(runs, state), Meters.value(state));
            } else if (state != RunState.ABANDONED) {
                meters.timer(Metric.RUN, Meters.value(state));
            }
        }
        for (ReplicaMove.Outcome outcome : ReplicaMove.Outcome.values()) {
            meters.counter(Metric.RUN_MOVES, Meters.value(outcome));
        }
        meters.gauge(Metric.RUNS_LEFT, left, Set::size);
        meters.gauge(Metric.RUN_LAG, lags, RunMeters::largest);
    }

    private static double count(Map<RunId, RunState> runs, RunState state) {
        return runs.values().stream().filter(state::equals).count();
    }

    private static double largest(Map<RunId, Double> lags) {
        return lags.values().stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    @Override
    public void onEvent(RunEvent event) {
        if (event instanceof RunEvent.RunStarted) {
            begun(event.run(), NEW);
        } else if (event instanceof RunEvent.RunResumed) {
            begun(event.run(), RESUMED);
        } else if (event instanceof RunEvent.RunLeft) {
            left.add(event.run());
        } else if (event instanceof RunEvent.StateChanged changed) {
            underWay.computeIfPresent(event.run(), (run, before) -> changed.state());
        } else if (event instanceof RunEvent.LagObserved observed) {
            observed.lag()
                    .ifPresentOrElse(
                            lag -> lags.put(event.run(), lag.toMillis() / 1000.0), () -> lags.remove(event.run()));
        } else if (event instanceof RunEvent.ReplicaMoved moved) {
            meters.counter(Metric.RUN_MOVES, Meters.value(moved.move().outcome()))
                    .increment();
        } else if (event instanceof RunEvent.RunFinished finished) {
            ended(finished.result());
        }
    }

    private void begun(RunId run, String how) {
        underWay.put(run, RunState.RUNNING);
        left.remove(run);
        meters.counter(Metric.RUNS_BEGUN, how).increment();
    }

    private void ended(RunResult result) {
        lags.remove(result.id());
        if (underWay.remove(result.id()) == null) {
            takenBack(result);
            return;
        }
        meters.timer(Metric.RUN, Meters.value(result.state())).record(result.took());
        result.problem()
                .ifPresent(problem ->
                        meters.counter(Metric.RUN_PROBLEMS, problem.code().id()).increment());
        if (result.state() == RunState.FAILED || isHalfUndone(result)) {
            left.add(result.id());
        }
    }

    /** Told once more of a run that had ended before, here or in another process. */
    private void takenBack(RunResult result) {
        meters.counter(Metric.RUNS_TAKEN_BACK, result.left().isEmpty() ? WHOLE : PARTLY)
                .increment();
        if (result.left().isEmpty()) {
            left.remove(result.id());
        }
    }

    private static boolean isHalfUndone(RunResult result) {
        return result.state() == RunState.CANCELLED && !result.left().isEmpty();
    }
}
