// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.error.JournalException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunEvent.UndoOutcome;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.journal.JournalCode;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.mysql.Cancellation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How to reverse what a run has changed so far, the newest first. One that fails stays, to be tried again by who abandons the run.
 * One thread at a time.
 */
final class UndoList {
    private static final Logger logger = LoggerFactory.getLogger(UndoList.class);

    private final RunLog log;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<String, String> failures = new HashMap<>();
    /**
     * Of operations that were begun, or were about to be, and of which nobody knows whether they were done; and of those that
     * the run itself may have reversed since. If they find nothing of the run's, there is nothing to tell.
     */
    private final Set<String> inDoubt = new HashSet<>();

    private final List<String> undone = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final AskedUndos asked;
    private int count;

    UndoList(RunLog log, AskedUndos asked) {
        this.log = log;
        this.asked = asked;
    }

    /** @param points whether the operation has given the replica a source */
    private record Entry(
            String id, StepKey step, GuideStep row, String operation, boolean points, Target target, Undo undo) {
        static Entry of(String id, CompiledStep step, Operation operation, Target target, Undo undo) {
            boolean points = target == Target.REPLICA && handsOverPassword(operation);
            return new Entry(id, step.key(), step.row(), operation.id(), points, target, undo);
        }

        boolean isOf(CompiledStep other, Operation its) {
            return step.equals(other.key()) && operation.equals(its.id());
        }

        boolean isOf(CompiledStep other, Operation its, Undo same) {
            return isOf(other, its) && undo.equals(same);
        }
    }

    /** Takes over what an earlier process has registered and not settled. */
    void restore(CompiledPlan compiled, RunHistory history) {
        for (JournalRecord.UndoRegistered undo : history.undos().open()) {
            StepKey key = StepKey.parse(undo.step());
            Optional<CompiledStep> step = compiled.steps().stream()
                    .filter(each -> each.key().equals(key))
                    .findFirst();
            boolean points = step.stream()
                    .flatMap(each -> each.operations().stream())
                    .anyMatch(operation -> operation.id().equals(undo.operation()) && handsOverPassword(operation));
            Target target = Target.valueOf(undo.target());
            // Only what repairs a failover is no step of the plan; it does what this row does.
            GuideStep row = step.map(CompiledStep::row).orElse(GuideStep.ENABLE_REPLICATION);
            if (mayHaveBeenReleased(undo)
                    || isInDoubt(step, undo, history)
                    || (row == GuideStep.RETAIN_BINLOGS && hasRelaxed(compiled, history))) {
                inDoubt.add(undo.undoId());
            }
            entries.push(new Entry(
                    undo.undoId(),
                    key,
                    row,
                    undo.operation(),
                    points && target == Target.REPLICA,
                    target,
                    undo.undo()));
        }
        failures.putAll(history.undos().failed());
        undone.addAll(history.undos().undone());
        left.addAll(history.undos().left());
        count = history.undos().count();
    }

    /** A process releases what holds something up whatever becomes of the journal, which then does not know of it. */
    private static boolean mayHaveBeenReleased(JournalRecord.UndoRegistered undo) {
        return undo.undo().scope() == UndoScope.GUARD;
    }

    private static boolean hasRelaxed(CompiledPlan compiled, RunHistory history) {
        return compiled.steps().stream()
                .filter(step -> step.row() == GuideStep.RELAX_RETENTION)
                .anyMatch(step -> history.hasBegun(step.key().toString()));
    }

    /** A copy looks before it registers that nothing is there, so that what is there later has come after that. */
    private static boolean isInDoubt(
            Optional<CompiledStep> step, JournalRecord.UndoRegistered undo, RunHistory history) {
        boolean isOfCopy = step.stream()
                .flatMap(each -> each.operations().stream())
                .anyMatch(operation -> operation.id().equals(undo.operation()) && operation instanceof CopyOperation);
        return !isOfCopy && !history.isDone(undo.step(), undo.operation());
    }

    /**
     * Writes down how to reverse the change that is about to be made, unless an earlier try of the same operation has done so.
     *
     * @param target the server to reverse it on
     * @return by what {@link #forget} finds it; empty if it was there, since the earlier try may have made the change
     */
    Optional<String> register(CompiledStep step, Operation operation, Target target, Undo undo) {
        Optional<Entry> earlier = entries.stream()
                .filter(entry -> entry.isOf(step, operation, undo))
                .findFirst();
        if (earlier.isPresent()) {
            return Optional.empty();
        }
        Entry entry = Entry.of("u" + ++count, step, operation, target, undo);
        log.journal(at -> new JournalRecord.UndoRegistered(
                at, entry.id, step.key().toString(), operation.id(), target.name(), undo));
        entries.push(entry);
        return Optional.of(entry.id);
    }

    /** From now on, and until {@link #doubtNot}, nobody knows whether this was done. */
    void doubt(CompiledStep step, Operation operation) {
        // A copy looks before it registers that nothing is there: what is there later is its own.
        if (!(operation instanceof CopyOperation)) {
            each(entry -> entry.isOf(step, operation), entry -> inDoubt.add(entry.id));
        }
    }

    /** It was done, surely. */
    void doubtNot(CompiledStep step, Operation operation) {
        each(entry -> entry.isOf(step, operation), entry -> inDoubt.remove(entry.id));
    }

    /** The undos, still to be played, of what has given the replica a source: it alone hands the replica a password. */
    List<Undo> pointings() {
        return entries.stream().filter(Entry::points).map(Entry::undo).toList();
    }

    private static boolean handsOverPassword(Operation operation) {
        Statement statement = operation instanceof SqlOperation sql
                ? sql.statement()
                : operation instanceof ProcedureOperation call ? call.call() : Statement.of("");
        return statement.parts().stream().anyMatch(Statement.SecretHole.class::isInstance);
    }

    /** Forgets how to reverse a change that surely was not made: playing it would reverse somebody else's. */
    void forget(List<String> ids) {
        each(entry -> ids.contains(entry.id), entry -> forget(entry, "the change was not made"));
    }

    /** Forgets undos that a success makes void. */
    void drop(UndoScope scope) {
        each(entry -> entry.undo.scope() == scope, entry -> forget(entry, "the run succeeded"));
    }

    /** Forgets undos of a step whose change a later step has taken over. */
    void takenOver(GuideStep row) {
        each(entry -> entry.row == row, entry -> forget(entry, "taken over by a later step"));
    }

    /** The same for those of one scope. */
    void takenOver(GuideStep row, UndoScope scope) {
        each(isOf(row, scope), entry -> forget(entry, "taken over by a later step"));
    }

    /** A later step of the run is about to reverse what this one changed, or to take it further; its undo is for where that does not come about. */
    void mayBeReversed(GuideStep row) {
        each(entry -> entry.row == row, entry -> inDoubt.add(entry.id));
    }

    /** Leaves undos of a step unplayed and says so. */
    void leave(GuideStep row, String why) {
        each(entry -> entry.row == row, entry -> settle(entry, new UndoPlayer.Verdict(UndoOutcome.LEFT, why)));
    }

    /** Leaves undos on a server unplayed and says so. */
    void leave(Target target, String why) {
        each(entry -> entry.target == target, entry -> settle(entry, new UndoPlayer.Verdict(UndoOutcome.LEFT, why)));
    }

    /** Gives up undos on a server that is gone, and tells each: also what may never have been changed may be in place there. */
    void giveUp(Target target, String why) {
        each(
                entry -> entry.target == target,
                entry -> settle(entry, new UndoPlayer.Verdict(UndoOutcome.LEFT, why), true));
    }

    /**
     * Plays the undos of these scopes, newest first. One that fails does not keep the others from being played.
     *
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled; the rest is still to be played
     */
    void play(Set<UndoScope> scopes, UndoPlayer player) {
        settleDone();
        each(
                entry -> scopes.contains(entry.undo.scope()),
                entry -> settle(entry, player.play(entry.step, entry.target, entry.undo)));
    }

    /** Whether there are undos of a step, of this scope. */
    boolean has(GuideStep row, UndoScope scope) {
        return entries.stream().anyMatch(isOf(row, scope));
    }

    /** Plays undos of a step whose change is not needed any more. One that fails is played again at the end. */
    void playEarly(GuideStep row, UndoScope scope, UndoPlayer player) {
        each(isOf(row, scope), entry -> settle(entry, player.play(entry.step, entry.target, entry.undo)));
    }

    /** Settles what people have done in the meantime. */
    void settleDone() {
        each(
                entry -> asked.isDone(entry.id),
                entry -> settle(entry, new UndoPlayer.Verdict(UndoOutcome.UNDONE, "somebody said so")));
    }

    /** Waits until people have done what they are asked for, or have had their time. */
    void awaitPeople(Cancellation cancellation) {
        asked.await(cancellation, this::settleDone);
    }

    /** Whether people are asked for anything. */
    boolean asksPeople() {
        return !asked.isEmpty();
    }

    /** Asks nobody any more. What was not done stays in the list, for who resumes or abandons the run. */
    void withdraw() {
        settleDone();
        asked.withdraw();
    }

    /** The run has succeeded, and nobody comes back to it: what people have not done is left, and told with its command. */
    void leaveToPeople() {
        each(
                entry -> asked.isAskedFor(entry.id),
                entry -> settle(
                        entry, new UndoPlayer.Verdict(UndoOutcome.LEFT, failures.getOrDefault(entry.id, "")), true));
    }

    private static Predicate<Entry> isOf(GuideStep row, UndoScope scope) {
        return entry -> entry.row == row && entry.undo.scope() == scope;
    }

    private void each(Predicate<Entry> which, Consumer<Entry> action) {
        List.copyOf(entries).stream().filter(which).forEach(action);
    }

    private void forget(Entry entry, String why) {
        entries.remove(entry);
        asked.forget(entry.id);
        journal(entry, UndoOutcome.LEFT, why, false);
    }

    private void settle(Entry entry, UndoPlayer.Verdict verdict) {
        ControlPlaneOperation byHand = verdict.byHandOrNull();
        if (byHand != null && asked.ask(entry.id, entry.step, byHand)) {
            failures.put(entry.id, verdict.detail());
            return;
        }
        // What nobody knows to have been changed, and is not as the run would have left it, was not changed. What only
        // people can see may well be.
        settle(entry, verdict, verdict.outcome() != UndoOutcome.LEFT || byHand != null || !inDoubt.contains(entry.id));
    }

    private void settle(Entry entry, UndoPlayer.Verdict verdict, boolean counts) {
        String purpose = entry.undo.purpose();
        failures.remove(entry.id);
        asked.forget(entry.id);
        switch (verdict.outcome()) {
            case UNDONE -> undone.add(purpose);
            case LEFT -> {
                if (counts) {
                    left.add(notUndone(purpose, verdict.detail()));
                }
            }
            case FAILED -> failures.put(entry.id, verdict.detail());
        }
        if (verdict.outcome() != UndoOutcome.FAILED) {
            entries.remove(entry);
        }
        journal(entry, verdict.outcome(), verdict.detail(), counts);
        log.event((run, at) -> new RunEvent.UndoPlayed(run, at, purpose, verdict.outcome(), verdict.detail()));
    }

    /**
     * What the journal does not know will at worst be played once more, where it looks first or does no harm. What is still to be
     * undone matters more, unless another process has the run now.
     */
    private void journal(Entry entry, UndoOutcome outcome, String detail, boolean counts) {
        try {
            log.journal(at -> new JournalRecord.UndoSettled(at, entry.id, outcome, detail, counts));
        } catch (RuntimeException unjournaled) {
            if (unjournaled instanceof JournalException lost && lost.code() == JournalCode.LEASE_LOST) {
                throw lost;
            }
            logger.warn("What became of an undo could not be journaled. undo={}", entry.id, unjournaled);
            log.event((run, at) -> new RunEvent.Warning(run, at, problem(entry, outcome, unjournaled)));
        }
    }

    private static Problem problem(Entry entry, UndoOutcome outcome, RuntimeException unjournaled) {
        String why = unjournaled instanceof SluiceException known
                ? known.problems().get(0).what()
                : unjournaled.toString();
        return Problem.of(
                JournalCode.JOURNAL_UNUSABLE,
                "The journal does not know that the undo '" + entry.undo.purpose() + "' is " + outcome + ": " + why);
    }

    /** Whether nothing is left that could still be undone. */
    boolean isSettled() {
        return entries.isEmpty();
    }

    /** What was undone, line by line, in the order in which it was. */
    List<String> undone() {
        return List.copyOf(undone);
    }

    /** What was changed and is still in place, line by line: what was left or failed, and what was not played. */
    List<String> leftovers() {
        List<String> all = new ArrayList<>(left);
        for (Entry entry : entries) {
            String failure = failures.get(entry.id);
            String purpose = entry.undo.purpose();
            all.add(failure == null ? "still to be undone: " + purpose : notUndone(purpose, failure));
        }
        return all;
    }

    /** As a line of a run's result. */
    static String notUndone(String purpose, String why) {
        return "not undone: " + purpose + " (" + why + ")";
    }
}
