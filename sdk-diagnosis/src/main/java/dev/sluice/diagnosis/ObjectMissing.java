// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;
import java.util.Set;

/** A change reaches outside what was copied. */
final class ObjectMissing implements ApplierRow {
    private static final Set<Integer> NUMBERS = Set.of(1008, 1049, 1051, 1146, 1305, 1360, 1539);

    @Override
    public String id() {
        return "object-missing";
    }

    @Override
    public FailureCode code() {
        return FailureCode.OBJECT_MISSING;
    }

    @Override
    public String recognisedBy() {
        return "applier's numbers 1008, 1049, 1051, 1146, 1305, 1360, 1539";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("skip", "new-copy");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return NUMBERS.contains(error.number());
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seenTransaction()
                .skip("Later changes of the same object stop the replica again, unless a filter keeps them out.")
                .newCopy("What is missing arrives only with a copy whose scope holds it.");
    }
}
