// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static dev.sluice.api.plan.GuideStep.LOAD;
import static dev.sluice.api.plan.GuideStep.SNAPSHOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ways to seed a replica: how they are matched, and what a run does with the one that was chosen. */
@Timeout(60)
class SeedTest {
    private static final Seed STILL = new Seed("still-server");
    private static final Seed NATIVE = new Seed("native-snapshot");

    private final MockEngine engine = MockEngine.create();
    private final Journal journal = Journal.inMemory();

    private static ReplicationPlan plan() {
        return ReplicationPlan.from(MockMySql.named("db1")).to(MockMySql.named("db2"));
    }

    private Sluice sluice() {
        return Sluice.builder().engines(engine).journal(journal).build();
    }

    private CompiledPlan compiled(ReplicationPlan plan) {
        try (Sluice sluice = sluice()) {
            return sluice.compile(plan);
        }
    }

    private RunResult run(ReplicationPlan plan) throws InterruptedException {
        try (Sluice sluice = sluice()) {
            return sluice.start(sluice.compile(plan)).await();
        }
    }

    private List<String> against(ReplicationPlan plan) {
        return catchThrowableOfType(PlanRejectedException.class, () -> compiled(plan)).problems().stream()
                .map(Problem::what)
                .toList();
    }

    private static String key(CompiledPlan compiled, GuideStep row) {
        return step(compiled, row).key().toString();
    }

    private static CompiledStep step(CompiledPlan compiled, GuideStep row) {
        return compiled.steps().stream()
                .filter(step -> step.row() == row)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theLogicalCopyIsTakenUnlessAPlanSaysOtherwise() {
        engine.offers(MockSeed.ofRows("still-server"));

        CompiledPlan compiled = compiled(plan());

        assertThat(key(compiled, SNAPSHOT)).isEqualTo("core/take-snapshot@1");
        assertThat(step(compiled, SNAPSHOT).notes()).noneMatch(note -> note.startsWith("Chosen"));
    }

    @Test
    void theFirstWayThatWorksIsTakenAndThePreviewSaysWhyOthersFellOut() {
        engine.offers(MockSeed.of("native-snapshot", "snapshot"))
                .offers(MockSeed.ofRows("still-server").unfitBecause("it is Tuesday"));

        CompiledPlan compiled = compiled(plan().seedWith(NATIVE, STILL, new Seed("carrier-pigeon"), Seed.LOGICAL_COPY));

        assertThat(key(compiled, SNAPSHOT)).isEqualTo("core/take-snapshot@1");
        assertThat(compiled.explain().text())
                .contains(
                        "native-snapshot, which does not work here: The replica's engine loads nothing from a mock snapshot",
                        "still-server, which does not work here: it is Tuesday",
                        "does not offer carrier-pigeon, only logical-copy, native-snapshot, still-server",
                        "Chosen: logical-copy.");
    }

    @Test
    void withoutAWayThatWorksAllReasonsAreTold() {
        engine.offers(MockSeed.of("native-snapshot", "snapshot"))
                .offers(MockSeed.ofRows("still-server").unfitBecause("it is Tuesday"));

        assertThat(against(plan().seedWith(NATIVE, STILL)))
                .containsExactly("The replica's engine loads nothing from a mock snapshot", "it is Tuesday");
    }

    @Test
    void programsDoNotReadFromTemporaryServers() {
        engine.offers(MockSeed.ofRows("still-server"));

        assertThat(against(plan().seedWith(STILL).copyWith(CopyMethod.MYSQLDUMP)))
                .singleElement()
                .asString()
                .contains("inside the JVM only");
    }

    @Test
    void rowsAreReadFromTheTemporaryServerWhichIsRemovedWhenTheyAreLoaded() throws InterruptedException {
        engine.offers(MockSeed.ofRows("still-server"));

        RunResult result = run(plan().seedWith(STILL));

        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(result.rowsCopied()).isEqualTo(1000);
        assertThat(engine.undone()).containsExactly(SNAPSHOT);
        assertThat(result.left()).isEmpty();
        List<String> order = engine.calls().stream()
                .filter(call -> call.outcome().equals("done"))
                .filter(call -> call.kind() != MockCall.Kind.LOOK)
                .map(call -> call.kind() + " " + call.row())
                .toList();
        assertThat(order)
                .containsSubsequence("PERFORM SNAPSHOT", "PERFORM LOAD", "UNDO SNAPSHOT", "PERFORM ENABLE_REPLICATION");
    }

    @Test
    void theLooksCoordinatesAreJournaledOnce() throws InterruptedException {
        engine.offers(MockSeed.of("native-snapshot", "snapshot")).accepts("snapshot");

        RunResult result = run(plan().seedWith(NATIVE));

        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.performed()).contains(SNAPSHOT, LOAD);
        assertThat(journal.read(result.id()).stream().filter(JournalRecord.SlotFilled.class::isInstance))
                .hasSize(1);
    }

    @Test
    void aCancelRemovesTheTemporaryServer() throws InterruptedException, ExecutionException {
        engine.offers(MockSeed.ofRows("still-server"));
        try (Sluice sluice = sluice()) {
            ReplicationRun run =
                    sluice.start(sluice.compile(plan().seedWith(STILL).pauseBefore(LOAD)));
            await().until(() -> run.status().state() == RunState.PAUSED);
            run.cancel();
            run.completion()
                    .toCompletableFuture()
                    .handle((done, failure) -> done)
                    .get();
        }

        assertThat(engine.undone()).contains(SNAPSHOT);
    }

    @Test
    void aWayIsStoredWithThePlanAndTheCompiledPlan() {
        engine.offers(MockSeed.ofRows("still-server"));
        try (Sluice sluice = sluice()) {
            ReplicationPlan plan = plan().seedWith(STILL, Seed.LOGICAL_COPY);
            CompiledPlan compiled = sluice.compile(plan);

            assertThat(sluice.planFromJson(sluice.toJson(plan))).isEqualTo(plan);
            CompiledPlan again = sluice.compiledPlanFromJson(sluice.toJson(compiled));
            assertThat(again.fingerprint()).isEqualTo(compiled.fingerprint());
            assertThat(again.steps()).isEqualTo(compiled.steps());
        }
    }
}
