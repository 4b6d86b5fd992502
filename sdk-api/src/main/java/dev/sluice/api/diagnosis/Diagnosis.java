// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.diagnosis;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was found out about a replication at one moment. Immutable and thread-safe.
 *
 * @param takenAt by this JVM's clock
 * @param replica what the replica is called
 * @param state how its default channel is, in words
 * @param replicates whether both halves run
 * @param findings why it does not work; empty if nothing is wrong as far as can be seen
 */
public record Diagnosis(
        Instant takenAt, String replica, String state, boolean replicates, List<DiagnosisFinding> findings) {
    public Diagnosis {
        requireNonNull(takenAt, "takenAt");
        requireNonNull(replica, "replica");
        requireNonNull(state, "state");
        findings = List.copyOf(findings);
    }

    /** Whether replication runs and nothing was found. It does not say that the replica has caught up, nor that its data is right. */
    public boolean isHealthy() {
        return replicates && findings.isEmpty();
    }

    /** The finding of a row of the catalogue. */
    public Optional<DiagnosisFinding> finding(String row) {
        return findings.stream().filter(found -> found.row().equals(row)).findFirst();
    }

    /** The remedy of this id. */
    public Optional<Remedy> remedy(String id) {
        return findings.stream()
                .flatMap(found -> found.remedies().stream())
                .filter(remedy -> remedy.id().equals(id))
                .findFirst();
    }

    /** For people. */
    @Override
    public String toString() {
        return replica + ": " + state
                + findings.stream().map(found -> "\n" + found).collect(Collectors.joining());
    }
}
