// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static dev.sluice.api.plan.GuideStep.ENABLE_REPLICATION;
import static dev.sluice.api.plan.GuideStep.LOAD;
import static dev.sluice.api.plan.GuideStep.SNAPSHOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a person has made for a run, since nobody has credentials, is a person's to remove: when it is asked for, and who waits. */
@Timeout(60)
class RemovalByHandTest {
    private static final Seed STILL = new Seed("still-server");
    private static final String DELETE = "seed-still-server/delete-seed";

    private final MockEngine engine =
            MockEngine.create().offers(MockSeed.ofRows("still-server")).withoutCredentials();
    private final Journal journal = Journal.inMemory();
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();
    private final Sluice sluice = sluice();

    private Sluice sluice() {
        return Sluice.builder()
                .engines(engine)
                .journal(journal)
                .listener(events::add)
                .build();
    }

    @AfterEach
    void close() {
        sluice.close();
    }

    private static ReplicationPlan plan() {
        return ReplicationPlan.from(MockMySql.named("db1"))
                .to(MockMySql.named("db2"))
                .seedWith(STILL);
    }

    /** A person makes the temporary server. */
    private ReplicationRun started(ReplicationPlan plan) {
        ReplicationRun run = sluice.start(sluice.compile(plan));
        PendingAction making = awaitAction(run, "seed-still-server/create-seed");
        assertThat(making.instructions()).containsExactly("mock CreateSeed still-server-" + run.id());
        engine.markDone(SNAPSHOT);
        return run;
    }

    private static PendingAction awaitAction(ReplicationRun run, String id) {
        await().until(() ->
                run.pendingActions().stream().anyMatch(one -> one.id().equals(id)));
        return run.pendingActions().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private ReplicationRun failedAfterTheLoad() {
        engine.on(ENABLE_REPLICATION).failsOnce(MockFailure.refused());
        ReplicationRun run = started(plan());
        assertThatThrownBy(run::await).hasMessageContaining("failed at");
        return run;
    }

    @Test
    void itIsAskedForAfterTheLoadAndTheRestGoesOn() throws InterruptedException {
        ReplicationRun run = started(plan().pauseBefore(ENABLE_REPLICATION));
        PendingAction removal = awaitAction(run, DELETE);
        assertThat(removal.instructions()).containsExactly("mock DeleteSeed still-server-" + run.id());
        await().until(() -> run.status().state() == RunState.PAUSED);

        run.confirm(DELETE, "ada");
        run.proceed();
        RunResult result = run.await();

        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(result.left()).isEmpty();
        assertThat(result.undone()).containsExactly("remove still-server");
        assertThat(run.pendingActions()).isEmpty();
        assertThat(events.stream().filter(RunEvent.PersonNeeded.class::isInstance))
                .hasSize(2);
    }

    @Test
    void theEndOfTheRunWaitsForIt() throws InterruptedException {
        ReplicationRun run = started(plan());
        await().until(() ->
                engine.performed().contains(ENABLE_REPLICATION) && run.status().state() == RunState.WAITING_FOR_PERSON);
        assertThat(run.completion().toCompletableFuture()).isNotDone();

        run.confirm(DELETE, "ada");

        assertThat(run.await().left()).isEmpty();
    }

    @Test
    void whoClosesSluiceMeanwhileIsToldWhatIsLeft() throws InterruptedException {
        ReplicationRun run = started(plan());
        await().until(() ->
                engine.performed().contains(ENABLE_REPLICATION) && run.status().state() == RunState.WAITING_FOR_PERSON);

        sluice.close();

        RunResult result = run.await();
        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(result.left())
                .singleElement()
                .asString()
                .startsWith("not undone: remove still-server")
                .contains("mock DeleteSeed still-server-" + run.id());
        assertThat(run.pendingActions()).isEmpty();
    }

    @Test
    void anAbandonmentAsksForItAndWaits() throws Exception {
        ReplicationRun run = failedAfterTheLoad();
        assertThat(run.pendingActions()).isEmpty();
        CompletableFuture<RunResult> abandoned = CompletableFuture.supplyAsync(() -> {
            try {
                return run.abandon();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        awaitAction(run, DELETE);
        assertThat(abandoned).isNotDone();

        run.confirm(DELETE, "ada");

        assertThat(abandoned.get().state()).isEqualTo(RunState.ABANDONED);
        assertThat(abandoned.get().left()).isEmpty();
    }

    @Test
    void whatWasRemovedBeforeARunFailedIsNotAskedForAgain() throws InterruptedException {
        engine.on(ENABLE_REPLICATION).failsOnce(MockFailure.refused());
        ReplicationRun run = started(plan().pauseBefore(ENABLE_REPLICATION));
        awaitAction(run, DELETE);
        run.confirm(DELETE, "ada");
        await().until(() -> run.status().state() == RunState.PAUSED);
        run.proceed();
        assertThatThrownBy(run::await).hasMessageContaining("failed at");

        assertThat(run.abandon().left()).isEmpty();
    }

    @Test
    void aCancelDoesNotWaitButKeepsItForAnAbandonment() throws Exception {
        ReplicationRun run = started(plan().pauseBefore(LOAD));
        await().until(() -> run.status().state() == RunState.PAUSED);

        run.cancel();

        RunResult cancelled = run.completion().toCompletableFuture().get();
        assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);
        assertThat(cancelled.left()).singleElement().asString().contains("mock DeleteSeed");
        assertThat(run.pendingActions()).isEmpty();
        CompletableFuture<Void> ada = CompletableFuture.runAsync(() -> {
            awaitAction(run, DELETE);
            run.confirm(DELETE, "ada");
        });
        assertThat(run.abandon().left()).isEmpty();
        ada.get();
    }

    /** Who has no handle of a run cannot answer. */
    @Test
    void ofARunOfAnotherProcessItIsToldAndLeft() throws Exception {
        ReplicationRun run = failedAfterTheLoad();
        sluice.close();
        try (Sluice other = sluice()) {
            RunResult result = other.abandon(run.id());

            assertThat(result.state()).isEqualTo(RunState.ABANDONED);
            assertThat(result.left()).anyMatch(line -> line.contains("mock DeleteSeed still-server-" + run.id()));
        }
    }

    /** The person may have made it all the same, or still be at it. */
    @Test
    void ofARunThatEndedWhileSomebodyWasAskedToMakeItTheRemovalIsToldAsWell() throws Exception {
        ReplicationRun run = sluice.start(sluice.compile(plan()));
        awaitAction(run, "seed-still-server/create-seed");
        sluice.close();
        try (Sluice other = sluice()) {
            RunResult result = other.abandon(run.id());

            assertThat(result.left()).anyMatch(line -> line.contains("mock DeleteSeed still-server-" + run.id()));
        }
    }

    @Test
    void peopleHaveDaysToMakeIt() {
        assertThat(sluice.compile(plan()).steps())
                .filteredOn(step -> step.row() == SNAPSHOT)
                .singleElement()
                .satisfies(step -> assertThat(step.deadline()).isGreaterThan(Duration.ofDays(7)));
    }

    /** What the snapshot needed is gone with the load: nobody makes it once more. */
    @Test
    void aRunThatIsResumedAfterTheLoadMakesNothingAnew() throws InterruptedException {
        ReplicationRun run = failedAfterTheLoad();
        engine.forget(SNAPSHOT);
        sluice.close();
        try (Sluice other = sluice()) {
            ReplicationRun resumed = other.resume(run.id());
            awaitAction(resumed, DELETE);
            resumed.confirm(DELETE, "ada");

            assertThat(resumed.await().state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(resumed.pendingActions()).isEmpty();
        }
        assertThat(events.stream()
                        .filter(RunEvent.PersonNeeded.class::isInstance)
                        .map(event -> ((RunEvent.PersonNeeded) event).action().id()))
                .containsOnlyOnce("seed-still-server/create-seed");
    }
}
