// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.diagnosis.DiagnosisFinding;
import dev.sluice.api.spi.Symptoms;
import java.util.Optional;

/**
 * A failure of the half that fetches. What it says is told by its text, since MySQL 8.0 prints other numbers for the same cause than 5.7 does (13114
 * for 1236, 13117 for 1593); logins and networks are told by the number.
 */
interface ReceiverRow extends CatalogueRow {
    @Override
    default Part part() {
        return Part.RECEIVER;
    }

    /** Whether this error is the row's. */
    boolean isShownBy(ChannelError error);

    /** Adds evidence and remedies. */
    FindingDraft describe(FindingDraft draft, Symptoms symptoms);

    @Override
    default Optional<DiagnosisFinding> recognise(Symptoms symptoms) {
        return symptoms.channel()
                .flatMap(channel -> channel.receiver().error())
                .filter(this::isShownBy)
                .map(error -> describe(FindingDraft.of(this, symptoms, error), symptoms)
                        .finding());
    }
}
