// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.diagnosis;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.FailureRow;
import dev.sluice.api.spi.ReplicaTreatments;
import dev.sluice.api.spi.ServerSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a replication that is to be looked at.
 *
 * @param label what the replica is called
 * @param replica its facts
 * @param replicaSession to read
 * @param treatments of its kind
 * @param rowsOfEngine what its engine adds to the catalogue
 * @param sourceOrNull its source, or null if nobody named one
 * @param notesOnSource why the source that was named could not be asked; empty if it could
 */
public record Patient(
        String label,
        ServerFacts replica,
        ServerSession replicaSession,
        ReplicaTreatments treatments,
        List<FailureRow> rowsOfEngine,
        @Nullable Source sourceOrNull,
        List<String> notesOnSource) {
    public Patient {
        rowsOfEngine = List.copyOf(rowsOfEngine);
        notesOnSource = List.copyOf(notesOnSource);
    }

    /** A replica without its source. */
    public static Patient alone(
            String label,
            ServerFacts replica,
            ServerSession replicaSession,
            ReplicaTreatments treatments,
            List<FailureRow> rowsOfEngine) {
        return new Patient(label, replica, replicaSession, treatments, rowsOfEngine, null, List.of());
    }

    /** The same with its source. */
    public Patient with(Source source) {
        return new Patient(label, replica, replicaSession, treatments, rowsOfEngine, source, notesOnSource);
    }

    /** The same, whose source was named and could not be asked. */
    public Patient withoutSource(String why) {
        return new Patient(label, replica, replicaSession, treatments, rowsOfEngine, null, List.of(why));
    }

    /**
     * The source.
     *
     * @param facts what it said about itself
     * @param session to read
     * @param asSeenByReplica where the replica is to reach it
     */
    public record Source(ServerFacts facts, ServerSession session, ServerAddress asSeenByReplica) {}
}
