// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.Diagnosis;
import dev.sluice.api.diagnosis.DiagnosisFinding;
import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.error.Problem;
import dev.sluice.core.diagnosis.Diagnostician;
import dev.sluice.core.diagnosis.Patient;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaHealth;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The failures of replication that Sluice knows, each by what servers show of it, with what helps; for {@code
 * Sluice.builder().diagnosis(KnownFailures.all())}. Engines add theirs. Each finding has a {@link FailureCode} or one of its engine's; {@code
 * docs/diagnosis.md} lists them. Immutable and thread-safe.
 */
public final class KnownFailures implements Diagnostician {
    private KnownFailures() {}

    /** All of them. Needs nothing, and asks no server yet. */
    public static KnownFailures all() {
        return new KnownFailures();
    }

    @Override
    public Diagnosis diagnose(Patient patient, Instant when) {
        Optional<ReplicaStatus> status = ReplicaStatusReader.readDefault(
                patient.replicaSession(), Dialect.of(patient.replica().version()));
        Examination seen = new Examiner(patient).examine(status);
        List<DiagnosisFinding> findings =
                new ArrayList<>(FailureCatalogue.with(patient.rowsOfEngine()).findings(seen));
        if (!findings.isEmpty()) {
            patient.notesOnSource().forEach(note -> findings.add(notAsked(note)));
        }
        return new Diagnosis(
                when,
                patient.label(),
                status.map(shown -> shown.health().meaning()).orElse("no replication is configured"),
                status.filter(shown -> shown.health() == ReplicaHealth.RUNNING).isPresent(),
                findings);
    }

    private static DiagnosisFinding notAsked(String why) {
        return new DiagnosisFinding(
                "source-not-asked",
                Problem.of(FailureCode.SOURCE_NOT_ASKED, why),
                List.of(),
                List.of(Remedy.byPerson("source-not-asked/by-hand", "See why", List.of(why))));
    }
}
