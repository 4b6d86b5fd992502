// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static dev.sluice.api.plan.GuideStep.CREATE_REPLICATION_USER;
import static dev.sluice.api.plan.GuideStep.ENABLE_REPLICATION;
import static dev.sluice.api.plan.GuideStep.RETAIN_BINLOGS;
import static dev.sluice.testing.MockFailure.lostAnswer;
import static dev.sluice.testing.MockFailure.refused;
import static dev.sluice.testing.MockFailure.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plans without servers, from compilation to the end of the run. */
@Timeout(60)
class MockRunTest {
    private static final MockMySql DB1 = MockMySql.named("db1");
    private static final MockMySql DB2 = MockMySql.named("db2");

    private final MockEngine engine = MockEngine.create();
    private final Sluice sluice = Sluice.builder().engines(engine).build();
    private final ReplicationPlan plan = ReplicationPlan.from(DB1).to(DB2).retainBinlogs(Duration.ofHours(144));

    @AfterEach
    void close() {
        sluice.close();
    }

    private RunResult run(ReplicationPlan wanted) throws InterruptedException {
        return sluice.start(sluice.compile(wanted)).await();
    }

    @Test
    void aPlanRunsFromEndToEnd() throws InterruptedException {
        RunResult result = run(plan);

        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(result.rowsCopied()).isEqualTo(1000);
        assertThat(result.verification())
                .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
        assertThat(engine.performed())
                .containsSubsequence(RETAIN_BINLOGS, GuideStep.SNAPSHOT, GuideStep.LOAD, ENABLE_REPLICATION)
                .doesNotContain(GuideStep.ENABLE_BINLOG);
    }

    @Test
    void theSamePlanRunAgainChangesNothing() throws InterruptedException {
        run(plan);
        int before = engine.performed().size();

        RunResult again = run(plan);

        assertThat(again.changedSomething()).isFalse();
        assertThat(engine.performed().subList(before, engine.performed().size()))
                .containsOnly(GuideStep.VERIFY);
    }

    @Test
    void transientFailuresAndLostAnswersDoNotStopARun() throws InterruptedException {
        engine.on(RETAIN_BINLOGS).failsOnce(unavailable()).thenSucceeds();
        engine.on(ENABLE_REPLICATION).failsOnce(lostAnswer()).thenSucceeds();

        assertThat(run(plan).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.performed()).containsOnlyOnce(RETAIN_BINLOGS).doesNotContain(ENABLE_REPLICATION);
    }

    @Test
    void aRefusalStopsTheRunBeforeLaterSteps() {
        engine.on(CREATE_REPLICATION_USER).thenFails(refused());

        assertThatThrownBy(() -> run(plan))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("MOCK-002");
        assertThat(engine.performed()).containsExactly(RETAIN_BINLOGS);
    }

    @Test
    void factsThatMakeAPlanImpossibleAreTold() {
        engine.facts(DB2, MockFacts.mysql57());

        assertThatThrownBy(() -> sluice.compile(plan)).isInstanceOf(PlanRejectedException.class);
    }

    @Test
    void anEndIsPlannedLikeABeginning() throws InterruptedException {
        run(plan);

        RunResult end =
                sluice.start(sluice.compile(EndPlan.of(DB2).source(DB1))).await();

        assertThat(end.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.performed()).contains(GuideStep.STOP_REPLICATION, GuideStep.RESET_REPLICA);
    }

    @Test
    void plansOnMockServersGoToJsonAndBack() {
        assertThat(sluice.planFromJson(sluice.toJson(plan))).isEqualTo(plan);
    }
}
