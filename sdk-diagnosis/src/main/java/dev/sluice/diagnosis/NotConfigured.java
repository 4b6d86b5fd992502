// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.DiagnosisFinding;
import dev.sluice.api.spi.Symptoms;
import java.util.List;
import java.util.Optional;

/** Nothing is replicated to the server. */
final class NotConfigured implements CatalogueRow {
    @Override
    public String id() {
        return "not-configured";
    }

    @Override
    public FailureCode code() {
        return FailureCode.NOT_CONFIGURED;
    }

    @Override
    public Part part() {
        return Part.WHOLE;
    }

    @Override
    public String recognisedBy() {
        return "the replica shows no default channel";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("new-copy");
    }

    @Override
    public Optional<DiagnosisFinding> recognise(Symptoms symptoms) {
        return symptoms.channel().isPresent()
                ? Optional.empty()
                : Optional.of(FindingDraft.of(this, symptoms)
                        .newCopy("Where the server had got to in its source's log is not known any more.")
                        .finding());
    }
}
