// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.diagnosis;

import dev.sluice.api.diagnosis.Diagnosis;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import java.time.Instant;

/** Stands where a host gave none. */
final class NoDiagnostician implements Diagnostician {
    @Override
    public void require() {
        throw refused();
    }

    @Override
    public Diagnosis diagnose(Patient patient, Instant when) {
        throw refused();
    }

    private static StepRefusedException refused() {
        return new StepRefusedException(Problem.of(
                DiagnosisCode.NO_DIAGNOSTICIAN,
                "A replication is to be diagnosed, and nothing that knows failures was given"));
    }
}
