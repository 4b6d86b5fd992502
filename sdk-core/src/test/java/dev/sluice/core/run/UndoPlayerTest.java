// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.run.RunEvent.UndoOutcome;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.journal.JournalCode;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.ServerErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of one undo when servers do not answer, and when somebody else was there. */
class UndoPlayerTest {
    private static final RetryLimits LIMITS = new RetryLimits(3, Duration.ofMillis(10), Duration.ofMillis(20));

    private static final StepKey STEP = new StepKey(new EngineId("fake"), "load", 1);
    private static final String LOOK = "SELECT @@GLOBAL.retention";
    private static final String SET = "SET GLOBAL retention = 1";
    private static final String NO_CHECKS = "SET SESSION foreign_key_checks = 0";

    private final EventQueue events = new EventQueue("sluice-events-test", List.of());
    private final TroubledJournal journal = new TroubledJournal();
    private final RunLog log =
            new RunLog(new RunId("r-1"), Clock.systemUTC(), journal.take(new RunId("r-1")), events, LIMITS);
    private final Link link = new Link();
    private boolean claimIsHeld = true;
    private final Claim claim = new Claim() {
        @Override
        public boolean isHeld() {
            return claimIsHeld;
        }

        @Override
        public void close() {}
    };
    private final List<ControlPlaneOperation> called = new ArrayList<>();
    private final Deque<RuntimeException> refusals = new ArrayDeque<>();
    private @Nullable Consumer<ControlPlaneOperation> caller = call -> {
        called.add(call);
        if (!refusals.isEmpty()) {
            throw refusals.poll();
        }
    };
    private final UndoPlayer player = new UndoPlayer(
            target -> link,
            new UndoCalls(target -> Optional.ofNullable(caller), new RunId("r-1")),
            claim,
            Statement::preview,
            new Retries(LIMITS, new RetryBudget(LIMITS), new Cancellation(), log),
            log);

    @AfterEach
    void close() {
        events.close();
    }

    private static Undo guarded() {
        return new Undo(UndoScope.TEMPORARY, "restore it", Statement.of(SET), new Undo.OnlyIf(LOOK, "48"));
    }

    private static Undo plain(String sql) {
        return new Undo(UndoScope.ROLLBACK, "take it back", Statement.of(sql), null);
    }

    private static Undo dropTable(String table) {
        return new Undo(
                UndoScope.ROLLBACK,
                "drop " + table,
                List.of(Statement.of(NO_CHECKS)),
                Statement.of("DROP TABLE IF EXISTS " + table),
                null);
    }

    private UndoPlayer.Verdict play(Undo undo) {
        return player.play(STEP, Target.REPLICA, undo);
    }

    private static RuntimeException lostAnswer() {
        return new StepOutcomeUnknownException(Problem.of(ServerErrorCode.OUTCOME_UNKNOWN, "the answer was lost"));
    }

    private static RuntimeException outOfReach() {
        return new StepUnavailableException(Problem.of(ServerErrorCode.CONNECTION_REFUSED, "nobody answers"));
    }

    private static RuntimeException lockWait() {
        return new StepUnavailableException(Problem.of(ServerErrorCode.LOCK_WAIT, "somebody reads it"));
    }

    private static Undo deletion() {
        return Undo.byCall(
                UndoScope.TEMPORARY,
                new ControlPlaneOperation(
                        OperationInfo.changing("delete", Target.SOURCE, "delete the temporary replica"),
                        "rds",
                        "DeleteDBInstance",
                        Map.of("DBInstanceIdentifier", "sluice-" + ControlPlaneOperation.RUN),
                        "aws rds delete-db-instance --db-instance-identifier sluice-" + ControlPlaneOperation.RUN));
    }

    @Test
    void aCallIsMadeWithTheRunsIdAndRepeatedUntilItIsTaken() {
        refusals.add(outOfReach());
        refusals.add(lostAnswer());
        refusals.add(outOfReach());

        UndoPlayer.Verdict verdict = player.play(STEP, Target.SOURCE, deletion());

        assertThat(verdict.outcome()).isEqualTo(UndoOutcome.UNDONE);
        assertThat(called)
                .hasSize(4)
                .allSatisfy(call -> assertThat(call.parameters()).containsEntry("DBInstanceIdentifier", "sluice-r-1"));
        assertThat(link.lines).isEmpty();
    }

    @Test
    void anApiThatIsAwayKeepsNothingElseFromBeingUndone() {
        for (int i = 0; i < 200; i++) {
            refusals.add(outOfReach());
        }

        assertThat(player.play(STEP, Target.SOURCE, deletion()).outcome()).isEqualTo(UndoOutcome.FAILED);
        assertThat(player.play(STEP, Target.SOURCE, plain("DROP USER IF EXISTS x"))
                        .outcome())
                .isEqualTo(UndoOutcome.UNDONE);
    }

    @Test
    void withoutCredentialsTheCommandIsTold() {
        caller = null;

        UndoPlayer.Verdict verdict = player.play(STEP, Target.SOURCE, deletion());

        assertThat(verdict.outcome()).isEqualTo(UndoOutcome.LEFT);
        assertThat(verdict.detail()).contains("aws rds delete-db-instance --db-instance-identifier sluice-r-1");
    }

    @Test
    void aRefusedCallIsStillToBeUndone() {
        refusals.add(new StepRefusedException(Problem.of(ServerErrorCode.PRIVILEGE_MISSING, "not yours")));

        assertThat(player.play(STEP, Target.SOURCE, deletion()))
                .isEqualTo(new UndoPlayer.Verdict(UndoOutcome.FAILED, "not yours"));
    }

    @Test
    void whatSomebodyElseHasChangedIsLeft() {
        link.value = "99";

        assertThat(play(guarded()).outcome()).isEqualTo(UndoOutcome.LEFT);
        assertThat(link.lines).containsExactly("1: " + LOOK);
    }

    @Test
    void aLostAnswerIsLookedAtAndNotRepeatedIfItWasDone() {
        link.failures.add(lostAnswer());
        link.whenItFails = () -> link.value = "1";

        UndoPlayer.Verdict verdict = play(guarded());

        assertThat(verdict.outcome()).isEqualTo(UndoOutcome.UNDONE);
        assertThat(verdict.detail()).contains("a look shows");
        assertThat(link.lines).containsExactly("1: " + LOOK, "1: " + SET, "2: " + LOOK);
    }

    @Test
    void aLostAnswerIsLookedAtAndRepeatedIfItWasNotDone() {
        link.failures.add(lostAnswer());

        assertThat(play(guarded()).outcome()).isEqualTo(UndoOutcome.UNDONE);
        assertThat(link.lines).containsExactly("1: " + LOOK, "1: " + SET, "2: " + LOOK, "2: " + LOOK, "2: " + SET);
    }

    @Test
    void aLostAnswerThatNothingCanTellOfIsNotRepeated() {
        link.failures.add(lostAnswer());

        UndoPlayer.Verdict verdict = play(plain("REVOKE REPLICATION SLAVE ON *.* FROM repl"));

        assertThat(verdict.outcome()).isEqualTo(UndoOutcome.FAILED);
        assertThat(verdict.detail()).startsWith("may or may not have been undone");
        assertThat(link.lines).hasSize(1);
    }

    @Test
    void aLostAnswerOfWhatDoesNothingTwiceIsRepeated() {
        for (String sql :
                List.of("DROP USER IF EXISTS repl", "DROP TABLE IF EXISTS a.t", "RESET PERSIST IF EXISTS x")) {
            link.lines.clear();
            link.failures.add(lostAnswer());

            assertThat(play(plain(sql)).outcome()).isEqualTo(UndoOutcome.UNDONE);
            assertThat(link.lines).hasSize(2);
        }
    }

    @Test
    void theSettingsOfTheSessionGoWithEachTry() {
        link.failures.add(lostAnswer());

        play(dropTable("a.t"));

        assertThat(link.lines)
                .containsExactly(
                        "1: " + NO_CHECKS,
                        "1: DROP TABLE IF EXISTS a.t",
                        "2: " + NO_CHECKS,
                        "2: DROP TABLE IF EXISTS a.t");
    }

    @Test
    void theSettingsOfOneUndoAreNotThoseOfTheNext() {
        play(dropTable("a.t"));
        play(dropTable("a.u"));
        play(plain(SET));

        assertThat(link.lines)
                .containsExactly(
                        "1: " + NO_CHECKS,
                        "1: DROP TABLE IF EXISTS a.t",
                        "1: " + NO_CHECKS,
                        "1: DROP TABLE IF EXISTS a.u",
                        "2: " + SET);
    }

    @Test
    void aLockThatIsWaitedForInVainConcernsThisUndoOnly() {
        for (int i = 0; i < 3; i++) {
            link.failures.add(lockWait());
        }

        UndoPlayer.Verdict verdict = play(dropTable("a.t"));

        assertThat(verdict.outcome()).isEqualTo(UndoOutcome.FAILED);
        assertThat(verdict.detail()).contains("somebody reads it");
        assertThat(play(dropTable("a.u")).outcome()).isEqualTo(UndoOutcome.UNDONE);
    }

    @Test
    void aServerOutOfReachIsNotWaitedForAgainWithEachUndo() {
        for (int i = 0; i < 3; i++) {
            link.failures.add(outOfReach());
        }

        assertThat(play(plain(SET)).outcome()).isEqualTo(UndoOutcome.FAILED);
        int tries = link.lines.size();

        assertThat(play(plain(SET)).detail()).contains("out of reach");
        assertThat(link.lines).hasSize(tries);
        assertThat(player.play(STEP, Target.SOURCE, plain(SET)).outcome()).isEqualTo(UndoOutcome.UNDONE);
    }

    @Test
    void withoutTheClaimNothingIsDoneOnTheReplica() {
        claimIsHeld = false;

        UndoPlayer.Verdict verdict = play(plain(SET));

        assertThat(verdict.outcome()).isEqualTo(UndoOutcome.FAILED);
        assertThat(verdict.detail()).contains("the claim on the replica is lost");
        assertThat(link.lines).isEmpty();
        assertThat(player.play(STEP, Target.SOURCE, plain(SET)).outcome()).isEqualTo(UndoOutcome.UNDONE);
    }

    @Test
    void aClaimThatIsLostBetweenTwoTriesEndsThem() {
        link.failures.add(lockWait());
        link.whenItFails = () -> claimIsHeld = false;

        assertThat(play(plain(SET)).detail()).contains("the claim on the replica is lost");
        assertThat(link.lines).hasSize(1);
    }

    @Test
    void aJournalThatIsOutOfReachKeepsNothingFromBeingReleased() {
        journal.outOfReach();

        assertThat(play(new Undo(UndoScope.GUARD, "let go", Statement.of("SET GLOBAL x = 1"), null))
                        .outcome())
                .isEqualTo(UndoOutcome.UNDONE);
        // Somebody else may have taken the run by now.
        assertThatThrownBy(() -> play(dropTable("t"))).hasMessageContaining("CORE-601");
    }

    @Test
    void whatAnotherProcessHasTakenOverIsForThatOneToUndo() {
        journal.hides = () -> JournalCode.LEASE_LOST;

        assertThatThrownBy(() -> play(dropTable("t"))).hasMessageContaining("CORE-656");
        assertThatThrownBy(() -> player.play(STEP, Target.SOURCE, deletion())).hasMessageContaining("CORE-656");
        assertThat(called).isEmpty();
    }

    /** Writes down what is run on which session, and fails as planned. */
    private static final class Link implements ServerLink {
        private final List<String> lines = new ArrayList<>();
        private final Deque<RuntimeException> failures = new ArrayDeque<>();
        private @Nullable Runnable whenItFails;
        private String value = "48";
        private int session = 1;

        @Override
        public ServerSession session() {
            return sql -> {
                lines.add(session + ": " + sql);
                return List.of(Row.of(Map.of("value", value)));
            };
        }

        @Override
        public void execute(String sql) {
            lines.add(session + ": " + sql);
            RuntimeException failure = failures.poll();
            if (failure != null) {
                if (whenItFails != null) {
                    whenItFails.run();
                }
                throw failure;
            }
        }

        @Override
        public void executeApart(String settings, String sql) {
            execute(sql);
        }

        /** Undos have no deadline of a step. */
        @Override
        public void endWith(Cancellation now) {
            throw new AssertionError("Nobody ends an undo");
        }

        @Override
        public void reset() {
            session++;
        }

        @Override
        public void close() {}
    }
}
