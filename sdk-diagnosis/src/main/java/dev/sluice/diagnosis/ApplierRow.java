// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.diagnosis.DiagnosisFinding;
import dev.sluice.api.spi.Symptoms;
import java.util.Optional;

/** A failure of the half that applies, told by its number. */
interface ApplierRow extends CatalogueRow {
    @Override
    default Part part() {
        return Part.APPLIER;
    }

    /** Whether this error is the row's. */
    boolean isShownBy(ChannelError error);

    /** Adds evidence and remedies. */
    FindingDraft describe(FindingDraft draft, Symptoms symptoms);

    @Override
    default Optional<DiagnosisFinding> recognise(Symptoms symptoms) {
        return symptoms.channel()
                .map(channel -> channel.applier())
                .filter(applier -> applier.isStopped())
                .flatMap(applier -> applier.error())
                .filter(this::isShownBy)
                .map(error -> describe(FindingDraft.of(this, symptoms, error), symptoms)
                        .finding());
    }
}
