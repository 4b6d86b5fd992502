// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import dev.sluice.core.dump.DumpCode;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.programs.ClientPrograms;
import dev.sluice.testing.StoppingJournal;
import dev.sluice.testservers.MySqlRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plans besides the ordinary copy, stopped between an intent and its effect, and between an effect and its record, and resumed. */
@Tag("long")
@Timeout(420)
class ResumedPlansIT {
    private static final Path PROGRAMS =
            MySqlRelease.MYSQL_8_0_33.clientProgram("mysqldump").orElseThrow().getParent();

    private static Pair pair() {
        return Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
    }

    private static Sluice sluice(Pair pair, Journal journal) {
        return pair.newSluice(builder -> builder.journal(journal).clientPrograms(ClientPrograms.in(PROGRAMS)));
    }

    private static Predicate<JournalRecord> intentOf(String operation) {
        return entry -> entry instanceof JournalRecord.OperationOpened opened
                && opened.operation().equals(operation);
    }

    private static Predicate<JournalRecord> outcomeOf(String operation) {
        return entry -> entry instanceof JournalRecord.OperationClosed closed
                && closed.operation().equals(operation);
    }

    /** The one that was left. */
    private static RunId last(Journal journal) {
        List<RunId> runs = journal.runs();
        return runs.get(runs.size() - 1);
    }

    private static void shop(Pair pair) {
        pair.source()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(500))",
                        "INSERT INTO shop.t (v) VALUES ('a'), ('b'), ('c')");
    }

    @Test
    void aCopyByMysqldumpStopsBeforeItBeginsAndIsResumed() throws Exception {
        resumesDump(journal -> StoppingJournal.after(journal, intentOf("copy")), false);
    }

    @Test
    void aCopyByMysqldumpOfWhichNobodyKnowsThatItIsDoneStartsOver() throws Exception {
        resumesDump(journal -> StoppingJournal.before(journal, outcomeOf("copy")), true);
    }

    private void resumesDump(Function<Journal, StoppingJournal> stopping, boolean startsOver) throws Exception {
        try (Pair pair = pair();
                Writing writing = Writing.on(pair.source())) {
            shop(pair);
            ReplicationPlan plan =
                    pair.plan().retainBinlogs(Duration.ofHours(1000)).copyWith(CopyMethod.MYSQLDUMP);
            Journal journal = Journal.inMemory();
            StoppingJournal stopped = stopping.apply(journal);
            try (Sluice first = sluice(pair, stopped)) {
                assertThat(first.start(first.compile(plan))
                                .completion()
                                .toCompletableFuture()
                                .join()
                                .state())
                        .isEqualTo(RunState.FAILED);
            }
            assertThat(stopped.hasStopped()).isTrue();
            List<String> events = new ArrayList<>();
            try (Sluice second = sluice(pair, journal)) {
                RunResult result = second.resume(
                                last(journal),
                                event -> events.add(event.getClass().getSimpleName()))
                        .await();

                assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
                assertThat(result.left()).isEmpty();
                assertThat(result.lockHeld()).isPositive();
                assertThat(result.copyTook()).isPositive();
            }
            assertThat(events.contains("CopyStartsOver")).isEqualTo(startsOver);
            writing.stop();
            assertThat(pair.compare(plan).mismatches()).isZero();
            assertThat(RowBalance.of(pair.source(), pair.replica(), List.of("shop.t", "live.t")))
                    .isEqualTo(new RowBalance(0, 0));
        }
    }

    @Test
    void aCopyByMysqldumpNeedsItsProgramsWhereItIsStartedAndWhereItIsResumed() throws Exception {
        try (Pair pair = pair()) {
            shop(pair);
            Journal journal = Journal.inMemory();
            Journal stopped = StoppingJournal.after(journal, intentOf("copy"));
            try (Sluice first = sluice(pair, stopped);
                    Sluice without = pair.newSluice()) {
                CompiledPlan compiled = first.compile(
                        pair.plan().retainBinlogs(Duration.ofHours(1000)).copyWith(CopyMethod.MYSQLDUMP));
                assertThatThrownBy(() -> without.start(compiled))
                        .isInstanceOf(PlanRejectedException.class)
                        .hasMessageContaining("CORE-883");
                assertThat(end(first.start(compiled)).state()).isEqualTo(RunState.FAILED);
            }
            try (Sluice without = pair.newSluice(builder -> builder.journal(journal))) {
                RunResult result = end(without.resume(last(journal)));
                assertThat(result.state()).isEqualTo(RunState.FAILED);
                assertThat(result.problem().orElseThrow().code()).isEqualTo(DumpCode.NO_PROGRAMS);
            }
            try (Sluice second = sluice(pair, journal)) {
                assertThat(second.resume(last(journal)).await().state()).isEqualTo(RunState.SUCCEEDED);
            }
        }
    }

    private static RunResult end(ReplicationRun run) {
        return run.completion().toCompletableFuture().join();
    }

    /** Each operation of an end, before its effect and after it. */
    @Test
    void theEndOfAReplicationIsResumedWhereverItStops() throws Exception {
        List<String> undisturbed = ended(0, false);
        int operation = 1;
        for (List<String> state = ended(operation, false); !state.isEmpty(); state = ended(operation, false)) {
            assertThat(state).as("before operation %s", operation).isEqualTo(undisturbed);
            assertThat(ended(operation, true))
                    .as("after operation %s", operation)
                    .isEqualTo(undisturbed);
            operation++;
        }
        assertThat(operation).isGreaterThan(3);
    }

    /**
     * What both servers have after an end that was stopped at an operation, by its number, and resumed; empty if there are not so many.
     *
     * @param operation 0 to be stopped by nobody
     */
    private List<String> ended(int operation, boolean isDone) throws Exception {
        try (Pair pair = pair()) {
            shop(pair);
            pair.run(pair.plan().databases("shop").replicationUserHost("%"));
            EndPlan end = EndPlan.of(pair.replicaEndpoint())
                    .source(pair.sourceEndpoint())
                    .dropReplicationUser("sluice_repl", "%")
                    .restoreDefaultRetention();
            Journal journal = Journal.inMemory();
            AtomicInteger count = new AtomicInteger();
            Predicate<JournalRecord> reached = entry -> (isDone
                            ? entry instanceof JournalRecord.OperationClosed
                            : entry instanceof JournalRecord.OperationOpened)
                    && count.incrementAndGet() == operation;
            StoppingJournal stopping =
                    isDone ? StoppingJournal.before(journal, reached) : StoppingJournal.after(journal, reached);
            RunState state;
            try (Sluice first = sluice(pair, stopping)) {
                state = first.start(first.compile(end))
                        .completion()
                        .toCompletableFuture()
                        .join()
                        .state();
            }
            assertThat(state == RunState.SUCCEEDED).isNotEqualTo(stopping.hasStopped());
            if (stopping.hasStopped()) {
                try (Sluice second = sluice(pair, journal)) {
                    assertThat(second.resume(last(journal)).await().left()).isEmpty();
                }
            }
            return operation > 0 && !stopping.hasStopped() ? List.of() : traces(pair);
        }
    }

    /** Ports, ids and times of servers differ from one pair to the next. */
    private static List<String> traces(Pair pair) {
        List<String> all = new ArrayList<>(RunTraces.of(pair.source()));
        all.addAll(RunTraces.of(pair.replica()));
        return all.stream()
                .filter(line -> !line.startsWith("variable ") || line.contains("expire") || line.contains("read_only"))
                .toList();
    }

    @Test
    void aStopAndAStartAreResumed() throws Exception {
        try (Pair pair = pair()) {
            shop(pair);
            ReplicationPlan plan = pair.plan();
            pair.run(plan);
            Journal journal = Journal.inMemory();

            dies(pair, journal, sluice -> sluice.live(plan).stop());
            resumes(pair, journal);
            assertThat(pair.sluice().live(plan).lag()).isEmpty();

            dies(pair, journal, sluice -> sluice.live(plan).start());
            resumes(pair, journal);
            pair.source().execute("INSERT INTO shop.t (v) VALUES ('d')");
            assertThat(pair.compare(plan).mismatches()).isZero();
        }
    }

    /** What a thread may not throw in a lambda. */
    @FunctionalInterface
    private interface Work {
        void with(Sluice sluice) throws InterruptedException;
    }

    /** After its first effect, of which nobody knows. */
    private static void dies(Pair pair, Journal journal, Work work) {
        StoppingJournal stopping = StoppingJournal.before(journal, JournalRecord.OperationClosed.class::isInstance);
        try (Sluice first = sluice(pair, stopping)) {
            assertThatThrownBy(() -> work.with(first)).isInstanceOf(RunStoppedException.class);
        }
        assertThat(stopping.hasStopped()).isTrue();
    }

    private static void resumes(Pair pair, Journal journal) throws InterruptedException {
        try (Sluice second = sluice(pair, journal)) {
            RunResult result = second.resume(last(journal)).await();
            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.left()).isEmpty();
        }
    }
}
