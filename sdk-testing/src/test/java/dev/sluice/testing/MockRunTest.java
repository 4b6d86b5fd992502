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

import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.spi.Engine;
import dev.sluice.core.PausedReplication;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plans without servers, from compilation to the end of the run. */
@Timeout(60)
class MockRunTest {
    private static final MockMySql DB1 = MockMySql.named("db1");
    private static final MockMySql DB2 = MockMySql.named("db2");

    private final MockEngine engine = MockEngine.create();
    private final Sluice sluice =
            Sluice.builder().journal(Journal.inMemory()).engines(engine).build();
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

    @Test
    void plansThatEndAndPauseGoToJsonAndBack() {
        EndPlan end = EndPlan.of(DB2).source(DB1).enableEvents().restoreRetention(Duration.ofHours(3));
        List<Plan> plans = List.of(
                end,
                end.restoreDefaultRetention(),
                PausePlan.stop(DB2).within(Duration.ofSeconds(7)),
                PausePlan.start(DB2).allow(Consent.PLAIN_TEXT),
                PausePlan.start(plan));

        assertThat(plans)
                .allSatisfy(one ->
                        assertThat(sluice.planFromJson(sluice.toJson(one))).isEqualTo(one));
        assertThat(plans).doesNotHaveDuplicates();
        var compiled = sluice.compile(PausePlan.stop(DB2).within(Duration.ofSeconds(7)));
        assertThat(compiled.steps().get(0).deadline()).isEqualTo(Duration.ofSeconds(7));
        assertThat(sluice.compiledPlanFromJson(sluice.toJson(compiled))).isEqualTo(compiled);
    }

    @Test
    void theJournalTellsWhatARunWasStartedForToWhoHasItsEngine() throws InterruptedException {
        Journal journal = Journal.inMemory();
        Engine another = new DelegatingEngine(engine) {
            @Override
            public EngineId id() {
                return new EngineId("another");
            }
        };
        try (Sluice first = Sluice.builder().journal(journal).engines(engine).build();
                Sluice second =
                        Sluice.builder().journal(journal).engines(another).build()) {
            first.start(first.compile(plan)).await();

            assertThat(first.runs())
                    .singleElement()
                    .satisfies(run -> assertThat(run.plan()).contains(plan));
            assertThat(second.runs())
                    .singleElement()
                    .satisfies(run -> assertThat(run.plan()).isEmpty());
        }
    }

    @Test
    void aReplicationIsStoppedAndStartedByARunEach() throws InterruptedException {
        run(plan);
        PausedReplication replication = sluice.replication(DB2);

        assertThat(replication.stop().changedSomething()).isTrue();
        assertThat(replication.stop().changedSomething()).isFalse();
        assertThat(replication.start().changedSomething()).isTrue();
        assertThat(replication.stop().changedSomething()).isTrue();

        assertThat(engine.performed())
                .endsWith(GuideStep.STOP_REPLICATION, GuideStep.START_REPLICATION, GuideStep.STOP_REPLICATION);
    }

    @Test
    void eventsThatRunOnTheSourceAreListedAndEnabledOnDemand() throws InterruptedException {
        engine.facts(
                DB1,
                MockFacts.mysql80()
                        .event(event("tick", "ENABLED", true))
                        .event(event("off", "DISABLED", true))
                        .event(event("moved", "ENABLED", true)));
        engine.facts(
                DB2,
                MockFacts.mysql80()
                        .event(event("tick", "SLAVESIDE_DISABLED", true))
                        .event(event("off", "SLAVESIDE_DISABLED", true))
                        .event(event("moved", "SLAVESIDE_DISABLED", false)));
        EndPlan end = EndPlan.of(DB2).source(DB1);

        assertThat(sluice.compile(end).explain().toString())
                .contains("`shop`.`tick`", "`shop`.`moved`")
                .doesNotContain("ALTER", "`off`");
        assertThat(sluice.compile(end.enableEvents()).explain().toString())
                .contains(
                        "SET SESSION character_set_client = latin1, collation_connection = latin1_german1_ci",
                        "ALTER DEFINER = 'it''s'@'%' EVENT `shop`.`tick` ENABLE",
                        "by hand: `shop`.`moved`")
                .doesNotContain("`off`");
        assertThat(sluice.compile(EndPlan.of(DB2).enableEvents()).explain().toString())
                .contains("EVENT `shop`.`off` ENABLE", "names no source");
    }

    private static EventFacts event(String name, String status, boolean sameCollation) {
        return new EventFacts(
                TableName.of("shop", name), status, "it's", "%", "latin1", "latin1_german1_ci", sameCollation);
    }
}
