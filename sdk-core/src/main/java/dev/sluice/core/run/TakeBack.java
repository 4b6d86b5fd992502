// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.operation.UndoScope;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.mysql.Cancellation;
import java.util.EnumSet;

/**
 * Takes a run back that has ended.
 *
 * @param parts of the run
 */
record TakeBack(RunParts parts) {
    /**
     * Undoes all that is still to be undone, under a new claim on the replica.
     *
     * @throws dev.sluice.api.error.StepException if the replica cannot be claimed, or is somebody else's by now; nothing was undone
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled; the rest is still to be undone
     */
    void abandon(Cancellation cancellation) {
        if (parts.undos().isSettled()) {
            parts.log().journal(JournalRecord.RunAbandoned::new);
            parts.endTurn();
            return;
        }
        TakeOver takeOver = new TakeOver(parts);
        try (RunServers servers = parts.servers(cancellation)) {
            takeOver.endOtherProcessToUndo(servers, cancellation);
            try (Claim claim = parts.claim(servers, cancellation, () -> {})) {
                takeOver.requireStillOurs(servers);
                parts.log().journal(JournalRecord.RunAbandoned::new);
                parts.undo(EnumSet.allOf(UndoScope.class), claim, cancellation);
                parts.endTurn();
            }
        }
        awaitRemovals(cancellation);
    }

    /** What nobody removes in time stays in the list: a further abandonment asks for it again. */
    private void awaitRemovals(Cancellation cancellation) {
        UndoList undos = parts.undos();
        if (undos.asksPeople()) {
            try {
                undos.awaitPeople(cancellation);
            } finally {
                undos.withdraw();
            }
            cancellation.check();
            parts.endTurn();
        }
    }
}
