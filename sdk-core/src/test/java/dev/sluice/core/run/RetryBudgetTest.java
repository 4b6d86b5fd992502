// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each change fails twice before it is made: within the limit of a single thing, and beyond that of all together. */
@Timeout(60)
class RetryBudgetTest {
    private static final RetryLimits LIMITS = new RetryLimits(3, Duration.ofMillis(10), Duration.ofMillis(20));

    private final FakeEngine engine = new FakeEngine();
    private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());

    private RunState run(RetryLimits limits) throws InterruptedException {
        for (GuideStep row : List.of(GuideStep.RETAIN_BINLOGS, GuideStep.CREATE_REPLICATION_USER)) {
            for (int i = 0; i < 2; i++) {
                engine.before(row, () -> {
                    throw new StepUnavailableException(Problem.of(RunCode.BUG, "planted"));
                });
            }
        }
        try (Sluice sluice = Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(name -> "hunter2"))
                .retries(limits)
                .listener(events::add)
                .build()) {
            return sluice.start(sluice.compile(ReplicationPlan.from(new FakeServer("db1"))
                            .to(new FakeServer("db2"))
                            .until(GuideStep.ENABLE_REPLICATION)))
                    .await()
                    .state();
        }
    }

    private List<RunEvent.RetryScheduled> retries() {
        return events.stream()
                .filter(RunEvent.RetryScheduled.class::isInstance)
                .map(RunEvent.RetryScheduled.class::cast)
                .toList();
    }

    @Test
    void whatIsLeftOfBothIsInTheEvents() throws InterruptedException {
        assertThat(run(LIMITS.budget(5, 8))).isEqualTo(RunState.SUCCEEDED);

        assertThat(retries()).extracting(RunEvent.RetryScheduled::leftOfStep).containsExactly(4, 3, 4, 3);
        assertThat(retries()).extracting(RunEvent.RetryScheduled::leftOfRun).containsExactly(7, 6, 5, 4);
    }

    @Test
    void aStepsRetriesEndTogether() {
        assertThatThrownBy(() -> run(LIMITS.budget(1, 100)))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("used up");

        assertThat(retries()).extracting(RunEvent.RetryScheduled::leftOfStep).containsExactly(0);
    }

    @Test
    void aRunsRetriesEndTogether() {
        assertThatThrownBy(() -> run(LIMITS.budget(100, 3)))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("used up");

        assertThat(retries()).extracting(RunEvent.RetryScheduled::leftOfRun).containsExactly(2, 1, 0);
        assertThat(engine.applied).contains("RETAIN_BINLOGS").doesNotContain("CREATE_REPLICATION_USER");
    }

    @Test
    void nobodyNeedsABudgetBelowNothing() {
        assertThatThrownBy(() -> LIMITS.budget(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LIMITS.budget(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
