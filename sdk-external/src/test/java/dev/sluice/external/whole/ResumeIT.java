// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.run.RecordedRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs in processes of their own that are killed, stopped and raced, while the source is written to. Of the moments of a run this is a
 * small sample, chosen by {@code -Dsluice.kill.seed}; {@link KillMatrixIT} takes them all.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class ResumeIT {
    private static final int SAMPLE = 2;
    private static final long SEED = Long.getLong("sluice.kill.seed", 20261122);
    private static final String CHANGE_SOURCE = "OperationOpened external-mysql/enable-replication@1/change-source";

    private static final AtomicInteger ATTEMPTS = new AtomicInteger();

    @TempDir
    static Path temporary;

    /** How the run is that nobody has killed; two tests compare with it. */
    private static Undisturbed undisturbed;

    @BeforeAll
    static void runUndisturbed() throws Exception {
        try (KillAttempt attempt = newAttempt()) {
            undisturbed = Undisturbed.of(attempt);
        }
    }

    @Test
    void killedAtAnyRecordTheRunIsResumedAndNothingIsLostOrDoubledOrLeft() throws Exception {
        KillCheck check = new KillCheck(undisturbed);
        for (KillPoint point : chosen(undisturbed.points(undisturbed.records().size()))) {
            try (KillAttempt attempt = newAttempt()) {
                new KillMoment.AtRecord(point).killIn(attempt);
                assertThat(check.resume(attempt)).as("killed at %s", point).isEqualTo(KillOutcome.CLEAN);
            }
        }
    }

    @Test
    void killedAtAnyRecordTheRunIsAbandonedAndBothServersAreAsBefore() throws Exception {
        KillCheck check = new KillCheck(undisturbed);
        for (KillPoint point : chosen(undisturbed.points(undisturbed.complete() - 1))) {
            try (KillAttempt attempt = newAttempt()) {
                new KillMoment.AtRecord(point).killIn(attempt);
                assertThat(check.abandon(attempt)).as("killed at %s", point).isEqualTo(KillOutcome.CLEAN);
            }
        }
    }

    private static KillAttempt newAttempt() throws Exception {
        return new KillAttempt(temporary.resolve("attempt-" + ATTEMPTS.incrementAndGet()));
    }

    private static List<KillPoint> chosen(List<KillPoint> all) {
        List<KillPoint> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(SEED));
        List<KillPoint> chosen = shuffled.subList(0, SAMPLE);
        System.out.println("KILL POINTS seed=" + SEED + " of=" + all.size() + " chosen=" + chosen);
        return chosen;
    }

    /** Compares every table when nothing is written any more. */
    private static void finish(KillAttempt attempt) throws Exception {
        assertThat(attempt.rows()).isEqualTo(new RowBalance(0, 0));
        assertThat(attempt.mismatches()).isZero();
        assertThat(attempt.held()).isEmpty();
        assertThat(attempt.secrets()).isEmpty();
        assertThat(attempt.passwordsMadeUp()).isPositive();
    }

    @Test
    void killedInTheMiddleOfTheCopyItStartsOverAndSaysSo() throws Exception {
        try (KillAttempt attempt = newAttempt()) {
            Child child = attempt.startSlowly();
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !attempt.replica()
                            .query("SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'shop'")
                            .isEmpty());
            child.kill();
            attempt.findRun();

            Child next = attempt.resume(KillPoint.NONE);

            assertThat(next.await("END")).startsWith("SUCCEEDED");
            assertThat(next.lines()).anyMatch(line -> line.startsWith("EVENT CopyStartsOver") && line.contains("shop"));
            finish(attempt);
        }
    }

    @Test
    void whatIsLeftIsToldOfAndCanBeAbandonedInAnotherProcess() throws Exception {
        try (KillAttempt attempt = newAttempt()) {
            attempt.stopWriting();
            List<String> source = RunTraces.of(attempt.source());
            List<String> replica = RunTraces.of(attempt.replica());
            attempt.killAt(KillPoint.of(CHANGE_SOURCE, true));
            assertThat(RunTraces.of(attempt.replica())).isNotEqualTo(replica);
            Queue<RunEvent> events = new ConcurrentLinkedQueue<>();
            try (Sluice sluice = attempt.sluice(events)) {
                assertThat(sluice.runs())
                        .singleElement()
                        .satisfies(run -> assertThat(run.condition()).isEqualTo(RecordedRun.Condition.LEFT));
                await().atMost(Duration.ofSeconds(5))
                        .until(() -> events.stream().anyMatch(RunEvent.RunLeft.class::isInstance));
                assertThatThrownBy(() ->
                                sluice.resume(attempt.run(), attempt.plan().allowPlainText()))
                        .isInstanceOf(StepRefusedException.class)
                        .hasMessageContaining("CORE-659");

                RunResult result = sluice.abandon(attempt.run());

                assertThat(result.state()).isEqualTo(RunState.ABANDONED);
                assertThat(result.left()).isEmpty();
                assertThat(sluice.runs())
                        .singleElement()
                        .satisfies(run -> assertThat(run.condition()).isEqualTo(RecordedRun.Condition.ENDED));
                assertThatThrownBy(() -> sluice.resume(attempt.run())).hasMessageContaining("CORE-658");
            }
            assertThat(RunTraces.of(attempt.source())).isEqualTo(source);
            assertThat(RunTraces.of(attempt.replica())).isEqualTo(replica);
            assertThat(attempt.held()).isEmpty();
        }
    }

    @Test
    void ofTwoProcessesThatResumeAtTheSameMomentOneGoesOn() throws Exception {
        try (KillAttempt attempt = newAttempt()) {
            attempt.killAt(KillPoint.of(CHANGE_SOURCE, false));

            Child one = attempt.resume(KillPoint.NONE);
            Child other = attempt.resume(KillPoint.NONE);

            List<String> ends = List.of(one.await("END"), other.await("END"));
            assertThat(ends).filteredOn(end -> end.startsWith("SUCCEEDED")).hasSize(1);
            assertThat(ends)
                    .filteredOn(end -> end.startsWith("REFUSED"))
                    .singleElement()
                    .satisfies(end -> assertThat(end).contains("CORE-655"));
            finish(attempt);
        }
    }

    /** Stopped between the record of an intent and its effect, for longer than its lease: the effect must not come any more. */
    @Tag("long")
    @Test
    void aProcessThatWakesAfterAnotherHasTakenItsRunChangesNothing() throws Exception {
        try (KillAttempt attempt = newAttempt()) {
            Child sleeper = attempt.start(KillPoint.of(CHANGE_SOURCE, true));
            sleeper.await("POINT");
            attempt.findRun();
            sleeper.signal("STOP");
            LockSupport.parkNanos(Duration.ofSeconds(17).toNanos());

            Child next = attempt.resume(KillPoint.NONE);
            assertThat(next.await("END")).startsWith("SUCCEEDED");
            List<String> before = RunTraces.of(attempt.replica()).stream()
                    .filter(line -> !line.startsWith("channel"))
                    .toList();
            Files.createFile(attempt.folder().resolve("go"));
            sleeper.signal("CONT");

            assertThat(sleeper.await("END")).startsWith("FAILED").contains("CORE-656");
            assertThat(sleeper.lines()).noneMatch(line -> line.contains("UndoPlayed"));
            assertThat(RunTraces.of(attempt.replica()).stream()
                            .filter(line -> !line.startsWith("channel"))
                            .toList())
                    .isEqualTo(before);
            finish(attempt);
        }
    }
}
