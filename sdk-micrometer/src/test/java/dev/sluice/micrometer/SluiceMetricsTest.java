// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.verify.TableComparison;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What events come to in a registry. */
class SluiceMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final SluiceMetrics metrics = SluiceMetrics.in(registry);
    private final Events run = Events.of("r-1");

    private void tell(RunEvent... events) {
        for (RunEvent event : events) {
            metrics.onEvent(event);
        }
    }

    private double counted(Metric metric, String... tags) {
        return registry.get(metric.id()).tags(tags).counter().count();
    }

    private double shown(Metric metric, String... tags) {
        return registry.get(metric.id()).tags(tags).gauge().value();
    }

    private double seconds(Metric metric, String... tags) {
        return registry.get(metric.id()).tags(tags).timer().totalTime(TimeUnit.SECONDS);
    }

    @Test
    void runsAreCountedByTheirStateAndTimedByTheirOutcome() {
        Events other = Events.of("r-2");
        tell(run.started(), other.resumed(), other.state(RunState.WAITING_FOR_PERSON));

        assertThat(shown(Metric.RUNS_ACTIVE, "state", "running")).isEqualTo(1);
        assertThat(shown(Metric.RUNS_ACTIVE, "state", "waiting_for_person")).isEqualTo(1);
        assertThat(counted(Metric.RUNS_BEGUN, "how", "new")).isEqualTo(1);
        assertThat(counted(Metric.RUNS_BEGUN, "how", "resumed")).isEqualTo(1);

        tell(run.finished(RunState.SUCCEEDED), other.finished(RunState.FAILED));

        assertThat(shown(Metric.RUNS_ACTIVE, "state", "running")).isZero();
        assertThat(seconds(Metric.RUN, "outcome", "succeeded")).isEqualTo(60);
        assertThat(seconds(Metric.RUN, "outcome", "failed")).isEqualTo(60);
        assertThat(counted(Metric.RUN_PROBLEMS, "code", Events.PROBLEM.code().id()))
                .isEqualTo(1);
    }

    @Test
    void aRunThatIsAbandonedIsNotARunOnceMore() {
        tell(run.started(), run.finished(RunState.FAILED, Events.report(TableComparison.Result.EQUAL), "account"));
        assertThat(shown(Metric.RUNS_LEFT)).isEqualTo(1);

        tell(run.finished(RunState.FAILED, Events.report(TableComparison.Result.EQUAL), "account"));
        assertThat(shown(Metric.RUNS_LEFT)).isEqualTo(1);
        tell(run.finished(RunState.ABANDONED, Events.report(TableComparison.Result.EQUAL)));

        assertThat(shown(Metric.RUNS_LEFT)).isZero();
        assertThat(counted(Metric.RUNS_TAKEN_BACK, "outcome", "partly")).isEqualTo(1);
        assertThat(counted(Metric.RUNS_TAKEN_BACK, "outcome", "whole")).isEqualTo(1);
        assertThat(seconds(Metric.RUN, "outcome", "failed")).isEqualTo(60);
        assertThat(counted(Metric.VERIFICATION_TABLES, "result", "equal")).isEqualTo(1);
    }

    @Test
    void aRunThatIsLeftWaitsUntilItIsResumed() {
        tell(run.left());
        assertThat(shown(Metric.RUNS_LEFT)).isEqualTo(1);

        tell(run.resumed());

        assertThat(shown(Metric.RUNS_LEFT)).isZero();
    }

    @Test
    void aCancelThatIsNotWholeWaitsForSomebody() {
        tell(run.started(), run.finished(RunState.CANCELLED, "the account"));
        assertThat(shown(Metric.RUNS_LEFT)).isEqualTo(1);

        tell(run.finished(RunState.CANCELLED));

        assertThat(shown(Metric.RUNS_LEFT)).isZero();
        assertThat(seconds(Metric.RUN, "outcome", "cancelled")).isEqualTo(60);
    }

    @Test
    void stepsAreTimedAndSeenWhileTheyGoOn() {
        tell(run.started(), run.stepStarted(GuideStep.LOAD), run.retry(), run.outcomeUnknown(), run.warning());

        assertThat(registry.get(Metric.STEP_ACTIVE.id())
                        .tag("step", "load")
                        .longTaskTimer()
                        .activeTasks())
                .isEqualTo(1);

        tell(run.stepFinished(GuideStep.LOAD, StepResult.Outcome.DONE, Duration.ofSeconds(9)), run.retry());

        assertThat(registry.get(Metric.STEP_ACTIVE.id())
                        .tag("step", "load")
                        .longTaskTimer()
                        .activeTasks())
                .isZero();
        assertThat(seconds(Metric.STEP, "step", "load", "outcome", "done")).isEqualTo(9);
        assertThat(counted(Metric.RETRIES, "step", "load")).isEqualTo(1);
        assertThat(counted(Metric.RETRIES, "step", "none")).isEqualTo(1);
        assertThat(counted(Metric.OUTCOMES_UNKNOWN, "step", "load")).isEqualTo(1);
        assertThat(counted(Metric.WARNINGS)).isEqualTo(1);
    }

    @Test
    void undosAreCountedByWhatBecameOfThem() {
        tell(run.undo(RunEvent.UndoOutcome.UNDONE), run.undo(RunEvent.UndoOutcome.FAILED));

        assertThat(counted(Metric.UNDOS, "outcome", "undone")).isEqualTo(1);
        assertThat(counted(Metric.UNDOS, "outcome", "failed")).isEqualTo(1);
        assertThat(counted(Metric.UNDOS, "outcome", "left")).isZero();
    }

    @Test
    void rowsAndBytesAreCountedOnceHoweverOftenTheyAreTold() {
        Events other = Events.of("r-2");
        tell(run.progress(10, 100, 1000), other.progress(1, 10, 20), run.progress(30, 300, 1000), run.table());

        assertThat(counted(Metric.COPY_ROWS)).isEqualTo(31);
        assertThat(counted(Metric.COPY_BYTES)).isEqualTo(310);
        assertThat(counted(Metric.COPY_TABLES)).isEqualTo(1);
        assertThat(shown(Metric.COPY_LEFT)).isEqualTo(710);

        tell(run.startsOver(), run.progress(5, 50, 1000));

        assertThat(counted(Metric.COPY_ROWS)).isEqualTo(36);
        assertThat(counted(Metric.COPY_RESTARTS)).isEqualTo(1);

        tell(run.stepFinished(GuideStep.LOAD, StepResult.Outcome.DONE, Duration.ofSeconds(1)));

        assertThat(shown(Metric.COPY_LEFT)).isEqualTo(10);
    }

    @Test
    void locksAndPausesAreTimed() {
        tell(run.lock(Duration.ofSeconds(2)), run.pace(3, 4), run.paused());

        assertThat(seconds(Metric.LOCK)).isEqualTo(2);
        assertThat(shown(Metric.COPIES_PAUSED)).isEqualTo(1);
        assertThat(shown(Metric.COPY_CONNECTIONS, "role", "reader")).isEqualTo(3);
        assertThat(shown(Metric.COPY_CONNECTIONS, "role", "writer")).isEqualTo(4);

        tell(run.wentOn(Duration.ofSeconds(5)));

        assertThat(shown(Metric.COPIES_PAUSED)).isZero();
        assertThat(seconds(Metric.COPY_PAUSE)).isEqualTo(5);
    }

    @Test
    void theLargestLagOfRunsIsShownAndNoneIfNobodyKnows() {
        assertThat(shown(Metric.RUN_LAG)).isNaN();
        tell(run.lag(Duration.ofSeconds(5)), Events.of("r-2").lag(Duration.ofMillis(1500)));
        assertThat(shown(Metric.RUN_LAG)).isEqualTo(5);

        tell(run.lag(null));
        assertThat(shown(Metric.RUN_LAG)).isEqualTo(1.5);
    }

    @Test
    void aVerificationIsTimedAndItsTablesAreCounted() {
        tell(
                run.started(),
                run.finished(RunState.FAILED, Events.report(TableComparison.Result.DIFFERENT, "a view differs")));

        assertThat(seconds(Metric.VERIFICATION, "outcome", "not_clean")).isEqualTo(7);
        assertThat(counted(Metric.VERIFICATION_TABLES, "result", "different")).isEqualTo(1);
        assertThat(counted(Metric.VERIFICATION_ROWS)).isEqualTo(10);
        assertThat(counted(Metric.VERIFICATION_DEFINITIONS)).isEqualTo(1);
    }

    @Test
    void whatNobodyHasSeenYetIsThereAsZero() {
        assertThat(counted(Metric.UNDOS, "outcome", "failed")).isZero();
        assertThat(counted(Metric.VERIFICATION_TABLES, "result", "different")).isZero();
        assertThat(registry.get(Metric.RUN.id())
                        .tag("outcome", "failed")
                        .timer()
                        .count())
                .isZero();
    }

    @Test
    void closingTakesTheGaugesAwayAndKeepsWhatWasCounted() {
        try (ReplicationMetrics replication = metrics.replication("orders")) {
            tell(run.started(), run.stepStarted(GuideStep.LOAD));
            metrics.close();
            tell(run.finished(RunState.SUCCEEDED));

            assertThat(replication).isNotNull();
        }
        for (Metric metric : Metric.values()) {
            if (metric.kind() == Metric.Kind.GAUGE) {
                assertThat(registry.find(metric.id()).meters()).as(metric.id()).isEmpty();
            }
        }
        assertThat(registry.get(Metric.STEP_ACTIVE.id()).longTaskTimer().activeTasks())
                .isZero();
        assertThat(counted(Metric.RUNS_BEGUN, "how", "new")).isEqualTo(1);
        assertThat(seconds(Metric.RUN, "outcome", "succeeded")).isZero();
        assertThatThrownBy(() -> metrics.replication("billing")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void twoInOneRegistryHaveTagsOfTheirOwn() {
        SluiceMetrics second = SluiceMetrics.in(registry, Tags.of("instance", "two"));
        second.onEvent(run.started());

        assertThat(counted(Metric.RUNS_BEGUN, "how", "new", "instance", "two")).isEqualTo(1);
        assertThat(shown(Metric.RUNS_ACTIVE, "state", "running", "instance", "two"))
                .isEqualTo(1);
    }
}
