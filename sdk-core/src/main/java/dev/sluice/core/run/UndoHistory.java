// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.run.RunEvent.UndoOutcome;
import dev.sluice.core.journal.JournalRecord.UndoRegistered;
import dev.sluice.core.journal.JournalRecord.UndoSettled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the records of a run tell of its undos. Not changed once it was read. */
final class UndoHistory {
    private final Map<String, UndoRegistered> open = new LinkedHashMap<>();
    private final Map<String, String> failed = new HashMap<>();
    private final List<String> undone = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private int count;

    void add(UndoRegistered undo) {
        open.put(undo.undoId(), undo);
        count++;
    }

    void add(UndoSettled settled) {
        String id = settled.undoId();
        if (settled.outcome() == UndoOutcome.FAILED) {
            failed.put(id, settled.detail());
            return;
        }
        failed.remove(id);
        UndoRegistered undo = open.remove(id);
        if (undo != null && settled.counts()) {
            tell(undo.undo().purpose(), settled);
        }
    }

    private void tell(String purpose, UndoSettled settled) {
        if (settled.outcome() == UndoOutcome.UNDONE) {
            undone.add(purpose);
        } else {
            left.add(UndoList.notUndone(purpose, settled.detail()));
        }
    }

    /** Not settled yet, in the order in which they were registered. */
    List<UndoRegistered> open() {
        return List.copyOf(open.values());
    }

    /** Why those of the open ones that were tried have failed, by their ids. */
    Map<String, String> failed() {
        return Map.copyOf(failed);
    }

    /** How many were ever registered. */
    int count() {
        return count;
    }

    /** What was undone, line by line, as a run's result has it. */
    List<String> undone() {
        return List.copyOf(undone);
    }

    /** What was tried and is still in place for good, line by line, as a run's result has it. */
    List<String> left() {
        return List.copyOf(left);
    }
}
