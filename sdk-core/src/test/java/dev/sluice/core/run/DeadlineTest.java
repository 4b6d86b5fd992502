// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.Effect;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.SnapshotLimits;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every step ends at its deadline, whatever it does then, and says so. */
@Timeout(60)
class DeadlineTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final FakeEngine engine = new FakeEngine();
    private final Queue<RunEvent> events = new ConcurrentLinkedQueue<>();
    private final Sluice sluice = Sluice.builder()
            .journal(Journal.inMemory())
            .engines(engine)
            .secrets(SecretResolver.withNamed(name -> "hunter2"))
            .retries(new RetryLimits(100, Duration.ofSeconds(5), Duration.ofSeconds(30)))
            .listener(events::add)
            .build();
    private final ReplicationPlan plan = ReplicationPlan.from(new FakeServer("db1"))
            .to(new FakeServer("db2"))
            .until(GuideStep.ENABLE_REPLICATION)
            .deadline(GuideStep.RETAIN_BINLOGS, SHORT);

    @AfterEach
    void close() {
        sluice.close();
    }

    private RunStoppedException stopped() {
        RunStoppedException stopped = catchThrowableOfType(
                RunStoppedException.class,
                () -> sluice.start(sluice.compile(plan)).await());
        assertThat(stopped).as("the run did not stop").isNotNull();
        return stopped;
    }

    @Test
    void aPersonWhoIsLateIsNamedWithStepDeadlineAndRemedy() {
        engine.byPerson.add(GuideStep.RETAIN_BINLOGS);

        RunStoppedException stopped = stopped();

        assertThat(stopped.code()).isEqualTo(RunCode.DEADLINE);
        assertThat(stopped.effect()).isEqualTo(Effect.NONE);
        assertThat(stopped)
                .hasMessageContaining("'" + GuideStep.RETAIN_BINLOGS.title() + "'")
                .hasMessageContaining("PT0.3S")
                .hasMessageContaining("do RETAIN_BINLOGS")
                .hasMessageContaining("deadline(GuideStep.RETAIN_BINLOGS, …)");
    }

    @Test
    void aPauseBetweenTwoTriesEndsWithIt() {
        engine.before(GuideStep.RETAIN_BINLOGS, () -> {
            throw new StepUnavailableException(dev.sluice.api.error.Problem.of(RunCode.BUG, "planted"));
        });
        long began = System.nanoTime();

        RunStoppedException stopped = stopped();

        assertThat(stopped.code()).isEqualTo(RunCode.DEADLINE);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        assertThat(engine.applied).doesNotContain("RETAIN_BINLOGS");
    }

    @Test
    void whatMayTakeLongEndsWithItAndIsNamed() {
        for (int i = 0; i < 100; i++) {
            engine.before(GuideStep.RETAIN_BINLOGS, () -> {
                throw new StepUnavailableException(
                        dev.sluice.api.error.Problem.of(Busy.BUSY, "the instance is modifying"));
            });
        }

        RunStoppedException stopped = stopped();

        assertThat(stopped.code()).isEqualTo(RunCode.DEADLINE);
        assertThat(stopped).hasMessageContaining("the instance is modifying");
    }

    @Test
    void whatWasBeingChangedIsOfUnknownOutcomeAndStaysForTheUndo() throws Exception {
        engine.undoScopes.put(GuideStep.RETAIN_BINLOGS, UndoScope.ROLLBACK);
        engine.before(GuideStep.RETAIN_BINLOGS, () -> LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1)));

        RunStoppedException stopped = stopped();

        assertThat(stopped.code()).isEqualTo(RunCode.DEADLINE);
        assertThat(stopped.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(engine.log).doesNotContain("undo RETAIN_BINLOGS", "CREATE_REPLICATION_USER");
        RunResult result = ((RunEvent.RunFinished) events.stream()
                        .filter(RunEvent.RunFinished.class::isInstance)
                        .findFirst()
                        .orElseThrow())
                .result();
        assertThat(result.left()).anyMatch(line -> line.contains("RETAIN_BINLOGS"));
    }

    @Test
    void guardsAreReleased() {
        engine.undoScopes.put(GuideStep.ENABLE_BINLOG, UndoScope.GUARD);
        engine.byPerson.add(GuideStep.RETAIN_BINLOGS);

        assertThat(stopped().code()).isEqualTo(RunCode.DEADLINE);

        assertThat(engine.log).contains("undo ENABLE_BINLOG");
    }

    @Test
    void aStoredPlanKeepsItsBounds() {
        ReplicationPlan bounded = plan.snapshotLimits(SnapshotLimits.DEFAULT
                .age(Duration.ofMinutes(5), Duration.ofHours(5))
                .history(7, 70));

        ReplicationPlan read = (ReplicationPlan) sluice.planFromJson(sluice.toJson(bounded));

        assertThat(read).isEqualTo(bounded);
        assertThat(read.deadlines()).containsEntry(GuideStep.RETAIN_BINLOGS, SHORT);
    }

    @Test
    void stepsThatEndInTimeLeaveNoThread() throws InterruptedException {
        sluice.start(sluice.compile(plan)).await();

        // A thread that was told to end takes a moment.
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> thread.getName().startsWith("sluice-step"))
                        .filteredOn(Thread::isAlive)
                        .isEmpty());
    }
}
