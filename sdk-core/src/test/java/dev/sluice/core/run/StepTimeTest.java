// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Cancellation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told to do when a step's time was too short: something that this kind of plan has. */
class StepTimeTest {
    private static final FakeServer REPLICA = new FakeServer("db2");

    private static String remedy(Plan plan) {
        CompiledStep step = new CompiledStep(
                new StepKey(FakeServer.ENGINE, "stop", 1),
                GuideStep.STOP_REPLICATION,
                List.of(),
                List.of(),
                Duration.ofMinutes(1));
        try (StepTime time = StepTime.begin(
                plan, step, PollPace.OF_SERVERS, new Cancellation(), Clock.systemUTC(), new RunThreads(null))) {
            return time.problem().remedy();
        }
    }

    @Test
    void aReplicationPlanHasDeadlinesOfSteps() {
        assertThat(remedy(ReplicationPlan.from(new FakeServer("db1")).to(REPLICA)))
                .contains("deadline(GuideStep.STOP_REPLICATION, …)");
    }

    @Test
    void aPauseHasOneForAll() {
        assertThat(remedy(PausePlan.stop(REPLICA))).contains("within(…)").doesNotContain("deadline(");
    }

    @Test
    void anEndPlanHasNoneAndIsRunAgain() {
        assertThat(remedy(EndPlan.of(REPLICA)))
                .contains("run the end plan again")
                .doesNotContain("deadline(")
                .doesNotContain("within(");
    }
}
