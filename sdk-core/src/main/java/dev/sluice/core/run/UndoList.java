// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.SluiceException;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunEvent.UndoOutcome;
import dev.sluice.core.journal.JournalRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** How to reverse what a run has changed so far, the newest first. One thread at a time. */
final class UndoList {
    private final RunLog log;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<String> left = new ArrayList<>();
    private int count;

    UndoList(RunLog log) {
        this.log = log;
    }

    private record Entry(String id, GuideStep row, Target target, Undo undo) {}

    /**
     * Writes down how to reverse the change that is about to be made.
     *
     * @return by what {@link #forget} finds it
     */
    String register(String step, GuideStep row, Target target, Undo undo) {
        Entry entry = new Entry("u" + ++count, row, target, undo);
        log.journal(at -> new JournalRecord.UndoRegistered(at, entry.id, step, target.name(), undo));
        entries.push(entry);
        return entry.id;
    }

    /** Forgets how to reverse a change that surely was not made: playing it would reverse somebody else's. */
    void forget(List<String> ids) {
        each(
                entry -> ids.contains(entry.id),
                entry -> log.journal(at ->
                        new JournalRecord.UndoSettled(at, entry.id, UndoOutcome.LEFT, "the change was not made")));
    }

    /** Plays the undos of these scopes, newest first. One that fails does not keep the others from being played. */
    void play(Set<UndoScope> scopes, RunServers servers, StatementText text) {
        each(entry -> scopes.contains(entry.undo.scope()), entry -> play(entry, servers, text));
    }

    private void play(Entry entry, RunServers servers, StatementText text) {
        try {
            ServerLink link = servers.link(entry.target);
            if (!isStillOurs(entry.undo, link)) {
                settle(entry, UndoOutcome.LEFT, "it is not as this run left it");
                return;
            }
            link.execute(text.of(entry.undo.statement()));
            settle(entry, UndoOutcome.UNDONE, "");
        } catch (SluiceException failure) {
            settle(entry, UndoOutcome.FAILED, failure.problems().get(0).what());
        }
    }

    private static boolean isStillOurs(Undo undo, ServerLink link) {
        return undo.onlyIf()
                .map(only -> link.session()
                        .queryValue(only.query())
                        .filter(only.expected()::equalsIgnoreCase)
                        .isPresent())
                .orElse(true);
    }

    /** Forgets undos that a success makes void. */
    void drop(UndoScope scope) {
        each(
                entry -> entry.undo.scope() == scope,
                entry -> log.journal(
                        at -> new JournalRecord.UndoSettled(at, entry.id, UndoOutcome.LEFT, "the run succeeded")));
    }

    /** Forgets undos of a step whose change a later step has taken over. */
    void takenOver(GuideStep row) {
        each(
                entry -> entry.row == row,
                entry -> log.journal(at ->
                        new JournalRecord.UndoSettled(at, entry.id, UndoOutcome.LEFT, "taken over by a later step")));
    }

    /** Leaves undos of a step unplayed and says so. */
    void leave(GuideStep row, String why) {
        each(entry -> entry.row == row, entry -> settle(entry, UndoOutcome.LEFT, why));
    }

    private void each(Predicate<Entry> which, java.util.function.Consumer<Entry> action) {
        for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            if (which.test(entry)) {
                action.accept(entry);
                all.remove();
            }
        }
    }

    private void settle(Entry entry, UndoOutcome outcome, String detail) {
        log.journal(at -> new JournalRecord.UndoSettled(at, entry.id, outcome, detail));
        log.event((run, at) -> new RunEvent.UndoPlayed(run, at, entry.undo.purpose(), outcome, detail));
        if (outcome != UndoOutcome.UNDONE) {
            left.add("not undone: " + entry.undo.purpose() + " (" + detail + ")");
        }
    }

    /** What was changed and is still in place, line by line: what was left or failed, and what was not played. */
    List<String> leftovers() {
        List<String> all = new ArrayList<>(left);
        entries.forEach(entry -> all.add("still to be undone: " + entry.undo.purpose()));
        return all;
    }
}
