// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.facts.ServerIdentity;
import java.util.List;

/**
 * A failover of a replica: another server answers where it was, or the same one was restarted. Holds no secret. Immutable and thread-safe.
 *
 * @param replica what the endpoint is called
 * @param from the server that was the replica
 * @param to the one that is it now, recognised by its own word; the same if it was only restarted
 * @param told what the cloud provider says about it, oldest first; empty if nobody can be asked, or it says nothing
 * @param outcome what became of replication
 * @param replication what it does on the new server, in words
 */
public record ReplicaMove(
        String replica,
        ServerIdentity from,
        ServerIdentity to,
        List<String> told,
        Outcome outcome,
        String replication) {
    public ReplicaMove {
        requireNonNull(replica, "replica");
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        told = List.copyOf(told);
        requireNonNull(outcome, "outcome");
        requireNonNull(replication, "replication");
    }

    /** What became of replication. */
    public enum Outcome {
        /** Its configuration survived, and nothing was done about it. */
        KEPT,
        /** Its configuration survived, and it was started again. */
        STARTED,
        /** Its configuration was lost, and the new server was pointed at the source where it had come to, which its GTIDs prove. */
        REPOINTED,
        /** It does not run, and nothing was done about it: not allowed, or nobody can prove where it would have to go on. */
        LEFT
    }

    /** Whether the very same server was only restarted. */
    public boolean isRestart() {
        return from.isSameServerAs(to);
    }

    @Override
    public String toString() {
        return replica + (isRestart() ? " was restarted: " + to : " moved from " + from + " to " + to) + ", " + outcome
                + ": " + replication;
    }
}
