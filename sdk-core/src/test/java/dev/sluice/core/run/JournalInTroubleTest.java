// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RecordedRun.Condition;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.FileJournal;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalCode;
import dev.sluice.core.journal.JournalRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Journals that are out of reach, full, lost to another process or damaged, and what runs do then. */
@Timeout(60)
class JournalInTroubleTest {
    private static final String ACCOUNT = "undo CREATE_REPLICATION_USER";
    private static final String RETENTION = "undo RETAIN_BINLOGS";
    private static final String GUARD = "undo PREPARE_REPLICA";

    private final FakeEngine engine = new FakeEngine();
    private final TroubledJournal journal = new TroubledJournal();
    private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final ReplicationPlan plan = ReplicationPlan.from(new FakeServer("db1"))
            .to(new FakeServer("db2"))
            .until(GuideStep.ENABLE_REPLICATION);

    @TempDir
    Path folder;

    @BeforeEach
    void changesHaveUndos() {
        engine.undoScopes.put(GuideStep.RETAIN_BINLOGS, UndoScope.TEMPORARY);
        engine.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);
        engine.undoScopes.put(GuideStep.PREPARE_REPLICA, UndoScope.GUARD);
    }

    private Sluice sluice(Journal where) {
        return Sluice.builder()
                .engines(engine)
                .journal(where)
                .secrets(SecretResolver.withNamed(name -> "hunter2"))
                .retries(new RetryLimits(3, Duration.ofMillis(10), Duration.ofMillis(20)))
                .listener(events::add)
                .build();
    }

    private ReplicationRun paused(Sluice sluice) {
        ReplicationRun run = sluice.start(sluice.compile(plan.pauseBefore(GuideStep.ENABLE_REPLICATION)));
        await().atMost(Duration.ofSeconds(20)).until(() -> run.status().state() == RunState.PAUSED);
        return run;
    }

    private ReplicationRun failed(Sluice sluice) {
        engine.before(GuideStep.ENABLE_REPLICATION, () -> {
            throw new StepRefusedException(Problem.of(RunCode.BUG, "planted"));
        });
        ReplicationRun run = sluice.start(sluice.compile(plan));
        assertThat(end(run).state()).isEqualTo(RunState.FAILED);
        return run;
    }

    private static RunResult end(ReplicationRun run) {
        return run.completion().toCompletableFuture().join();
    }

    private List<String> undone() {
        return engine.log.stream().filter(line -> line.startsWith("undo")).toList();
    }

    private List<RunEvent.RetryScheduled> retries() {
        return events.stream()
                .filter(RunEvent.RetryScheduled.class::isInstance)
                .map(RunEvent.RetryScheduled.class::cast)
                .toList();
    }

    @Test
    void aCancelThatCannotBeJournaledReleasesLocksAndUndoesNothingElse() throws InterruptedException {
        try (Sluice sluice = sluice(journal)) {
            ReplicationRun run = paused(sluice);
            journal.outOfReach();

            run.cancel();
            RunResult result = end(run);

            assertThat(undone()).containsExactly(GUARD);
            assertThat(result.state()).isEqualTo(RunState.CANCELLED);
            assertThat(result.left())
                    .containsExactlyInAnyOrder("still to be undone: " + ACCOUNT, "still to be undone: " + RETENTION);
            assertThat(events)
                    .filteredOn(RunEvent.Warning.class::isInstance)
                    .extracting(event -> ((RunEvent.Warning) event).problem().code())
                    .contains(RunCode.CANCEL_UNJOURNALED);

            journal.back();
            assertThat(run.abandon().left()).isEmpty();
            assertThat(undone()).containsExactly(GUARD, ACCOUNT, RETENTION);
        }
    }

    /** Its journal tells of no cancel, so that it can be resumed; what it needs must be there then. */
    @Test
    void aRunWhoseCancelCouldNotBeJournaledIsStillWhole() throws InterruptedException {
        ReplicationRun run;
        try (Sluice first = sluice(journal)) {
            run = paused(first);
            journal.outOfReach();
            run.cancel();
            end(run);
        }
        journal.back();

        try (Sluice second = sluice(journal)) {
            assertThat(second.runs())
                    .singleElement()
                    .satisfies(known -> assertThat(known.condition()).isEqualTo(Condition.LEFT));
            ReplicationRun resumed = second.resume(run.id());
            await().until(() -> resumed.status().state() == RunState.PAUSED);
            resumed.proceed();

            assertThat(resumed.await().state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(engine.applied).contains("CREATE_REPLICATION_USER", "ENABLE_REPLICATION");
        }
    }

    @Test
    void aRunThatAnotherProcessHasTakenIsNotUndoneByItsCancel() {
        try (Sluice sluice = sluice(journal)) {
            ReplicationRun run = paused(sluice);
            journal.refuses = entry -> entry instanceof JournalRecord.RunAbandoned ? JournalCode.LEASE_LOST : null;

            run.cancel();
            RunResult result = end(run);

            assertThat(undone()).isEmpty();
            assertThat(result.problem().orElseThrow().code()).isEqualTo(JournalCode.LEASE_LOST);
            assertThat(result.state()).isEqualTo(RunState.FAILED);
        }
    }

    @Test
    void noMoreIsUndoneOnceAnotherProcessHasTakenTheRun() {
        engine.beforeUndo(() -> {}).beforeUndo(() -> journal.hides = () -> JournalCode.LEASE_LOST);
        try (Sluice sluice = sluice(journal)) {
            ReplicationRun run = paused(sluice);

            run.cancel();

            assertThat(end(run).problem().orElseThrow().code()).isEqualTo(JournalCode.LEASE_LOST);
            assertThat(undone()).containsExactly(GUARD, ACCOUNT);
        }
    }

    @Test
    void anUndoWhoseEndCannotBeJournaledSinceTheRunIsTakenIsTheLast() {
        journal.refuses = entry -> entry instanceof JournalRecord.UndoSettled ? JournalCode.LEASE_LOST : null;
        try (Sluice sluice = sluice(journal)) {
            ReplicationRun run = paused(sluice);

            run.cancel();

            assertThat(end(run).problem().orElseThrow().code()).isEqualTo(JournalCode.LEASE_LOST);
            assertThat(undone()).containsExactly(GUARD);
        }
    }

    @Test
    void aJournalThatGoesAwayInTheMiddleOfACancelKeepsNoLockInPlace() throws InterruptedException {
        engine.undoScopes.put(GuideStep.RETAIN_BINLOGS, UndoScope.GUARD);
        engine.beforeUndo(journal::outOfReach);
        try (Sluice sluice = sluice(journal)) {
            ReplicationRun run = paused(sluice);

            run.cancel();
            RunResult result = end(run);

            assertThat(undone()).containsExactly(GUARD, RETENTION);
            assertThat(result.left()).containsExactly("still to be undone: " + ACCOUNT);

            journal.back();
            assertThat(run.abandon().left()).isEmpty();
            assertThat(undone()).contains(ACCOUNT);
        }
    }

    @Test
    void aJournalThatIsOutOfReachForAMomentEndsNoRun() throws InterruptedException {
        AtomicInteger failures = new AtomicInteger(2);
        journal.refuses = entry -> entry instanceof JournalRecord.OperationOpened && failures.getAndDecrement() > 0
                ? JournalCode.JOURNAL_UNUSABLE
                : null;
        try (Sluice sluice = sluice(journal)) {
            RunResult result = sluice.start(sluice.compile(plan)).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(retries())
                    .hasSize(2)
                    .allSatisfy(retry -> assertThat(retry.problem().code()).isEqualTo(JournalCode.JOURNAL_UNUSABLE));
            assertThat(failures.get()).isNegative();
        }
    }

    @Test
    void aJournalThatIsFullEndsTheRunWhichReleasesItsLocksWithoutWaitingForIt() {
        engine.after(GuideStep.PREPARE_REPLICA, journal::outOfReach);
        try (Sluice sluice = sluice(journal)) {
            ReplicationRun run = sluice.start(sluice.compile(plan));

            RunResult result = end(run);

            assertThat(result.state()).isEqualTo(RunState.FAILED);
            assertThat(result.problem().orElseThrow().code()).isEqualTo(JournalCode.JOURNAL_UNUSABLE);
            assertThat(undone()).containsExactly(GUARD);
            // Six tries of the record that ended the run; what came after that was tried once.
            assertThat(retries()).hasSize(5);
            assertThat(journal.offered).filteredOn("UndoSettled"::equals).hasSize(1);
            assertThat(journal.offered).filteredOn("RunClosed"::equals).hasSize(1);
        }
    }

    @Test
    void aJournalWithRoomAgainIsGoneOnWith() throws InterruptedException {
        engine.after(GuideStep.PREPARE_REPLICA, journal::outOfReach);
        ReplicationRun run;
        try (Sluice first = sluice(journal)) {
            run = first.start(first.compile(plan));
            end(run);
        }
        journal.back();

        try (Sluice second = sluice(journal)) {
            assertThat(second.resume(run.id()).await().state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    /** As {@code shutdownNow()} of the host's executor does: the thread's interrupt must not close the journal's file. */
    @Test
    void aRunWhoseThreadIsInterruptedIsClosedAndSaysSo() {
        ExecutorService hosts = Executors.newCachedThreadPool();
        Journal files = FileJournal.in(folder.resolve("journal"));
        try (Sluice sluice = Sluice.builder()
                .engines(engine)
                .journal(files)
                .executor(hosts)
                .secrets(SecretResolver.withNamed(name -> "hunter2"))
                .build()) {
            ReplicationRun run = paused(sluice);

            hosts.shutdownNow();
            RunResult result = end(run);

            assertThat(result.problem().orElseThrow().code()).isEqualTo(RunCode.CLOSED);
            assertThat(undone()).containsExactly(GUARD);
            assertThat(files.read(run.id()))
                    .last()
                    .isInstanceOfSatisfying(
                            JournalRecord.RunClosed.class,
                            closed -> assertThat(closed.reason()).contains("CORE-611"));
        }
    }

    @Test
    void theSameInTheMiddleOfAnOperation() {
        ExecutorService hosts = Executors.newCachedThreadPool();
        engine.after(GuideStep.PREPARE_REPLICA, hosts::shutdownNow);
        Journal files = FileJournal.in(folder.resolve("journal"));
        try (Sluice sluice = Sluice.builder()
                .engines(engine)
                .journal(files)
                .executor(hosts)
                .secrets(SecretResolver.withNamed(name -> "hunter2"))
                .build()) {
            ReplicationRun run = sluice.start(sluice.compile(plan.pauseBefore(GuideStep.ENABLE_REPLICATION)));

            assertThat(end(run).problem().orElseThrow().code()).isEqualTo(RunCode.CLOSED);
            assertThat(files.read(run.id())).last().isInstanceOf(JournalRecord.RunClosed.class);
        }
    }

    private Path damaged(ReplicationRun run, int line) throws IOException {
        Path file = folder.resolve("journal").resolve(run.id() + ".journal");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(line, lines.get(line).replace('e', 'x'));
        Files.write(file, lines);
        return file;
    }

    @Test
    void aRunThatNobodyCanReadKeepsNoOtherFromBeingResumed() throws Exception {
        Journal files = FileJournal.in(folder.resolve("journal"));
        try (Sluice sluice = sluice(files)) {
            ReplicationRun run = failed(sluice);
            damaged(failed(sluice), 0);

            assertThat(sluice.runs())
                    .extracting(known -> known.condition())
                    .containsExactlyInAnyOrder(Condition.FAILED, Condition.UNREADABLE);
            assertThat(sluice.resume(run.id()).await().state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    /** It may have built on what this one left. */
    @Test
    void aLaterRunOnTheSameReplicaOfWhichTheEndCannotBeReadIsNamed() throws Exception {
        Journal files = FileJournal.in(folder.resolve("journal"));
        try (Sluice sluice = sluice(files)) {
            ReplicationRun run = failed(sluice);
            Path file = damaged(failed(sluice), 2);

            assertThatThrownBy(() -> sluice.abandon(run.id()))
                    .isInstanceOf(StepRefusedException.class)
                    .hasMessageContaining("CORE-872")
                    .hasMessageContaining("damaged in line 3");
            Files.delete(file);
        }
        try (Sluice sluice = sluice(files)) {
            assertThat(sluice.abandon(sluice.runs().get(0).id()).left()).isEmpty();
        }
    }

    @Test
    void filesOfOthersInTheFolderAreNoRuns() throws IOException {
        Path where = folder.resolve("journal");
        Journal files = FileJournal.in(where);
        Files.writeString(where.resolve("old_run.journal"), "somebody's");

        try (Sluice sluice = sluice(files)) {
            assertThat(sluice.runs()).isEmpty();
        }
    }
}
