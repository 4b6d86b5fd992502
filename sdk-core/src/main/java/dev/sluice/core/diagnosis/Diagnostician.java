// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.diagnosis;

import dev.sluice.api.diagnosis.Diagnosis;
import dev.sluice.api.diagnosis.DiagnosisFinding;
import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.error.Problem;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaHealth;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a replication and says why it does not work. Reads only. Thread-safe: no state. */
public final class Diagnostician {
    private Diagnostician() {}

    /**
     * What is found now.
     *
     * @throws dev.sluice.api.error.StepException if the replica cannot be asked
     */
    public static Diagnosis diagnose(Patient patient, Instant now) {
        Optional<ReplicaStatus> status = ReplicaStatusReader.readDefault(
                patient.replicaSession(), Dialect.of(patient.replica().version()));
        Examination seen = new Examiner(patient).examine(status);
        List<DiagnosisFinding> findings =
                new ArrayList<>(FailureCatalogue.with(patient.rowsOfEngine()).findings(seen));
        if (!findings.isEmpty()) {
            patient.notesOnSource().forEach(note -> findings.add(notAsked(note)));
        }
        return new Diagnosis(
                now,
                patient.label(),
                status.map(shown -> shown.health().meaning()).orElse("no replication is configured"),
                status.filter(shown -> shown.health() == ReplicaHealth.RUNNING).isPresent(),
                findings);
    }

    private static DiagnosisFinding notAsked(String why) {
        return new DiagnosisFinding(
                "source-not-asked",
                Problem.of(DiagnosisCode.SOURCE_NOT_ASKED, why),
                List.of(),
                List.of(Remedy.byPerson("source-not-asked/by-hand", "See why", List.of(why))));
    }
}
