// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.diagnosis;

import dev.sluice.api.diagnosis.Diagnosis;
import java.time.Instant;

/**
 * Looks at a replication and says why it does not work, and what helps; given by {@code Sluice.builder().diagnosis(…)}. {@code KnownFailures} of {@code
 * sluice-diagnosis} is what there is. Sluice itself connects to the servers, and carries remedies out. Implementations are immutable and thread-safe.
 */
public interface Diagnostician {
    /** For who gave none: refuses to look at anything ({@code CORE-884}), and says what to add. */
    static Diagnostician none() {
        return new NoDiagnostician();
    }

    /**
     * Called before any server is asked. Does nothing unless overridden.
     *
     * @throws dev.sluice.api.error.StepRefusedException if nothing can be diagnosed at all
     */
    default void require() {}

    /**
     * What is found now. Reads only, on the patient's sessions, and leaves them open.
     *
     * @param when the time that the diagnosis tells
     * @throws dev.sluice.api.error.StepException if the replica cannot be asked
     */
    Diagnosis diagnose(Patient patient, Instant when);
}
