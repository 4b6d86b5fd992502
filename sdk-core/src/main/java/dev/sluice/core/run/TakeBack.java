// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.mysql.Cancellation;
import java.util.EnumSet;
import java.util.Set;

/**
 * Takes a run back that has ended.
 *
 * @param parts of the run
 * @param lost servers of which the host says that they are gone for good: nothing is done there, and what was changed is left
 */
record TakeBack(RunParts parts, Set<Target> lost) {
    private static final String GONE = "the host said that this server is gone";

    /**
     * Undoes all that is still to be undone, under a new claim on the replica.
     *
     * @throws dev.sluice.api.error.StepException if the replica cannot be claimed, a server is another one by now, or the replica is somebody
     *     else's; nothing was undone
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled; the rest is still to be undone
     */
    void abandon(Cancellation cancellation) {
        if (parts.undos().isSettled()) {
            parts.log().journal(JournalRecord.RunAbandoned::new);
            parts.endTurn();
            return;
        }
        TakeOver takeOver = new TakeOver(parts, lost);
        try (RunServers servers = parts.serversWithout(lost, cancellation)) {
            takeOver.prepareToUndo(servers, cancellation);
            try (Claim claim = claim(servers, cancellation)) {
                takeOver.requireStillOurs(servers);
                parts.log().journal(JournalRecord.RunAbandoned::new);
                lost.forEach(server -> parts.undos().giveUp(server, GONE));
                parts.undo(EnumSet.allOf(UndoScope.class), claim, cancellation);
                parts.endTurn();
            }
        }
        awaitRemovals(cancellation);
    }

    /** On a replica that is gone there is nothing to claim, and nothing is done. */
    private Claim claim(RunServers servers, Cancellation cancellation) {
        return lost.contains(Target.REPLICA) ? Claim.UNCONTESTED : parts.claim(servers, cancellation, () -> {});
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
