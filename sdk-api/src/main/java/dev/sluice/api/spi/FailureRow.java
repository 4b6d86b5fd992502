// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.diagnosis.DiagnosisFinding;
import java.util.Optional;

/**
 * One row of the catalogue of failures: what it looks like, and what helps. An engine adds rows, and replaces core's of the same id.
 * Implementations are immutable and thread-safe.
 */
public interface FailureRow {
    /** A stable name such as {@code duplicate-row}. */
    String id();

    /** Which part of the replication shows it. Of each part the first row that recognises something counts, engines' rows before core's. */
    Part part();

    /** What it finds; empty if this is not the case. Reads only. */
    Optional<DiagnosisFinding> recognise(Symptoms symptoms);

    /** A part of a replication that fails by itself. */
    enum Part {
        /** The half that fetches. */
        RECEIVER,
        /** The half that applies. */
        APPLIER,
        /** Replication as a whole: asked only if neither half has shown anything. */
        WHOLE
    }
}
