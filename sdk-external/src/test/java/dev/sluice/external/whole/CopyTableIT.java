// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.plan.CoordinatesCodec;
import dev.sluice.diagnosis.KnownFailures;
import dev.sluice.testing.StoppingJournal;
import dev.sluice.testservers.MySqlRelease;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One table is copied anew on real servers while it, and another one, are written to. */
@Timeout(600)
class CopyTableIT {
    private static Pair pair() {
        return diagnosing(Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31));
    }

    private static Pair diagnosing(Pair pair) {
        return pair.with(builder -> builder.diagnosis(KnownFailures.all()));
    }

    private static RunResult run(BrokenTable broken) throws InterruptedException {
        Sluice sluice = broken.pair().sluice();
        return sluice.start(sluice.compile(broken.copy())).await();
    }

    @Test
    void aTableThatHasStoppedTheApplierIsCopiedAndEverythingIsEqual() throws Exception {
        try (Pair pair = pair();
                TableWriting writing = TableWriting.on(pair.source())) {
            copiesATableThatHasStoppedTheApplier(BrokenTable.of(pair));
            writing.stop();
            assertThat(pair.compare(pair.plan().databases("shop")).mismatches()).isZero();
        }
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_9"})
    void inOtherVersionsAndWithoutGtids(MySqlRelease release) throws Exception {
        try (Pair pair = diagnosing(Pair.position(release, release));
                TableWriting writing = TableWriting.on(pair.source())) {
            copiesATableThatHasStoppedTheApplier(BrokenTable.of(pair));
            writing.stop();
            assertThat(pair.compare(pair.plan().databases("shop")).mismatches()).isZero();
        }
    }

    private static void copiesATableThatHasStoppedTheApplier(BrokenTable broken) throws Exception {
        broken.breakIt(1);
        String own = broken.ownGtids();
        Remedy offered = broken.pair()
                .sluice()
                .live(broken.plan())
                .diagnose()
                .report()
                .remedy("row-missing/copy-table")
                .orElseThrow();
        assertThat(offered.kind()).isEqualTo(Remedy.Kind.PLAN);
        assertThat(offered.title()).contains("shop.orders");

        ReplicationPlan allowed = broken.plan().allow(Consent.TABLE_REPLACEMENT).allow(Consent.TABLE_COPY_LOCK);
        RunResult result = broken.pair().sluice().live(allowed).copyTable(BrokenTable.ORDERS);

        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(result.left()).isEmpty();
        assertThat(result.lockHeld()).isPositive();
        assertThat(result.verification().orElseThrow().tables()).hasSize(1);
        broken.requireWell();
        assertThat(broken.ownGtids()).isEqualTo(own);
    }

    /** The applier has not stopped; only a comparison has found the difference. */
    @Test
    void aTableThatOnlyDiffersIsCopiedWhileTheApplierRuns() throws Exception {
        try (Pair pair = pair();
                TableWriting writing = TableWriting.on(pair.source())) {
            BrokenTable broken = BrokenTable.of(pair);
            broken.takeAway("shop.orders", 2);
            assertThat(pair.sluice().live(broken.plan()).compareLive().isClean())
                    .isFalse();

            assertThat(run(broken).left()).isEmpty();

            broken.requireWell();
            writing.stop();
            assertThat(pair.compare(broken.plan()).mismatches()).isZero();
        }
    }

    /**
     * Another table stops the applier on the way, and the replica is restarted: once that is cured, the same copy takes its place at the same position.
     */
    @Tag("long")
    @Test
    void anotherErrorOnTheWayFailsTheRunWhichGoesOnToTheSamePosition() throws Exception {
        try (Pair pair = pair();
                TableWriting writing = TableWriting.on(pair.source())) {
            BrokenTable broken = BrokenTable.of(pair);
            broken.breakOnTheWay();
            Journal journal = Journal.inMemory();
            try (Sluice first = pair.newSluice(builder -> builder.journal(journal))) {
                ReplicationRun run = first.start(first.compile(broken.copy()));
                assertThatThrownBy(run::await)
                        .isInstanceOf(RunStoppedException.class)
                        .hasMessageContaining("shop.items");
            }
            broken.requireMissingAndSafe();
            BinlogPosition copy = positionOfCopy(journal).orElseThrow();

            pair.replica().restart();
            assertThat(broken.status().get("Replicate_Wild_Do_Table"))
                    .as("a restart loses the filter")
                    .isEmpty();
            broken.cureOnTheWay();
            try (Sluice second = pair.newSluice(builder -> builder.journal(journal))) {
                RunResult result = second.resume(last(journal)).await();
                assertThat(result.left()).isEmpty();
                assertThat(result.coordinates().orElseThrow().position()).isEqualTo(copy);
            }
            broken.requireWell();
            writing.stop();
            assertThat(pair.compare(broken.plan()).mismatches()).isZero();
        }
    }

    @Tag("long")
    @Test
    void takenBackOnTheWayItLeavesNothingThatLooksHealthy() throws Exception {
        try (Pair pair = pair();
                TableWriting writing = TableWriting.on(pair.source())) {
            BrokenTable broken = BrokenTable.of(pair);
            broken.breakOnTheWay();
            ReplicationRun run = pair.sluice().start(pair.sluice().compile(broken.copy()));
            assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class);

            RunResult result = run.abandon();

            assertThat(result.state()).isEqualTo(RunState.ABANDONED);
            assertThat(result.left())
                    .anyMatch(line -> line.contains(broken.copy().asideDatabase()));
            broken.requireMissingAndSafe();
            assertThat(broken.is("super_read_only", "1")).isTrue();
            broken.cureOnTheWay();
            pair.replica().execute("START REPLICA");
            broken.awaitError("1146");

            broken.onReplica("RENAME TABLE " + broken.copy().asideDatabase() + ".orders TO shop.orders");
            broken.onReplica("DROP DATABASE " + broken.copy().asideDatabase());
            assertThat(run(broken).left()).isEmpty();
            broken.requireWell();
            writing.stop();
            assertThat(pair.compare(broken.plan()).mismatches()).isZero();
        }
    }

    /** Before the old table is set aside nobody has seen anything of it. */
    @Test
    void takenBackBeforeTheTableIsSetAsideEverythingIsAsBefore() throws Exception {
        try (Pair pair = pair();
                TableWriting writing = TableWriting.on(pair.source())) {
            BrokenTable broken = BrokenTable.of(pair);
            broken.takeAway("shop.orders", 2);
            Journal journal = Journal.inMemory();
            dies(broken, StoppingJournal.after(journal, intentOf("set-aside")));
            assertThat(broken.isApplying()).isFalse();
            try (Sluice second = pair.newSluice(builder -> builder.journal(journal))) {
                assertThat(second.abandon(last(journal)).left()).isEmpty();
            }

            assertThat(broken.leftovers()).isEmpty();
            assertThat(broken.isApplying()).isTrue();
            assertThat(broken.is("super_read_only", "1")).isTrue();
            assertThat(broken.hasTable()).isTrue();
            writing.stop();
        }
    }

    @Test
    void whatCannotBeLeftOutIsRefusedAndNothingIsChanged() throws Exception {
        try (Pair pair = pair();
                TableWriting writing = TableWriting.on(pair.source())) {
            pair.source()
                    .execute("CREATE TABLE shop.parts (id BIGINT PRIMARY KEY, o BIGINT,"
                            + " FOREIGN KEY (o) REFERENCES shop.orders (id))");
            BrokenTable broken = BrokenTable.of(pair);

            assertThatThrownBy(() -> run(broken)).hasMessageContaining("EXT-260");

            broken.requireWell();
            writing.stop();
        }
    }

    /** At each operation, before its effect and after it, as if the process had died there. Whoever resumes it comes to the same end. */
    @Tag("long")
    @Test
    void whereverItsProcessDiesItIsResumed() throws Exception {
        try (Pair pair = pair();
                TableWriting writing = TableWriting.on(pair.source())) {
            BrokenTable broken = BrokenTable.of(pair);
            int operation = 1;
            while (resumesAfterDyingAt(operation, false, broken)) {
                resumesAfterDyingAt(operation, true, broken);
                operation++;
            }
            assertThat(operation).isGreaterThan(10);
            writing.stop();
            assertThat(pair.compare(broken.plan()).mismatches()).isZero();
        }
    }

    /** Whether there are so many operations. */
    private static boolean resumesAfterDyingAt(int operation, boolean isDone, BrokenTable broken) throws Exception {
        broken.breakIt(operation % 8 + 1);
        Journal journal = Journal.inMemory();
        AtomicInteger count = new AtomicInteger();
        Predicate<JournalRecord> reached = entry -> (isDone
                        ? entry instanceof JournalRecord.OperationClosed
                        : entry instanceof JournalRecord.OperationOpened)
                && count.incrementAndGet() == operation;
        StoppingJournal stopping =
                isDone ? StoppingJournal.before(journal, reached) : StoppingJournal.after(journal, reached);
        RunState state = dies(broken, stopping);
        assertThat(state == RunState.SUCCEEDED).isNotEqualTo(stopping.hasStopped());
        if (stopping.hasStopped()) {
            Optional<BinlogPosition> copy = positionOfCopy(journal);
            try (Sluice second = broken.pair().newSluice(builder -> builder.journal(journal))) {
                RunResult result = second.resume(last(journal)).await();
                assertThat(result.left()).as("operation " + operation).isEmpty();
                copy.ifPresent(
                        known -> assertThat(result.coordinates().orElseThrow().position())
                                .isEqualTo(known));
            }
        }
        broken.requireWell();
        return stopping.hasStopped();
    }

    private static RunState dies(BrokenTable broken, StoppingJournal stopping) {
        try (Sluice first = broken.pair().newSluice(builder -> builder.journal(stopping))) {
            return first.start(first.compile(broken.copy()))
                    .completion()
                    .toCompletableFuture()
                    .join()
                    .state();
        }
    }

    private static Predicate<JournalRecord> intentOf(String operation) {
        return entry -> entry instanceof JournalRecord.OperationOpened opened
                && opened.operation().equals(operation);
    }

    private static RunId last(Journal journal) {
        List<RunId> runs = journal.runs();
        return runs.get(runs.size() - 1);
    }

    /** Where the copy stands, once every row of it was confirmed. */
    private static Optional<BinlogPosition> positionOfCopy(Journal journal) {
        List<JournalRecord> records = journal.read(last(journal));
        boolean isCopied = records.stream()
                .anyMatch(entry -> entry instanceof JournalRecord.OperationClosed closed
                        && closed.operation().equals("copy"));
        return records.stream()
                .filter(any -> isCopied)
                .filter(JournalRecord.SlotFilled.class::isInstance)
                .map(entry -> CoordinatesCodec.read(((JournalRecord.SlotFilled) entry).value())
                        .position())
                .reduce((first, later) -> later);
    }
}
