// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;
import java.util.Set;

/** Somebody created on the replica what the source creates now. */
final class ObjectExists implements ApplierRow {
    private static final Set<Integer> NUMBERS = Set.of(1007, 1050, 1060, 1061, 1304, 1359, 1537);

    @Override
    public String id() {
        return "object-exists";
    }

    @Override
    public FailureCode code() {
        return FailureCode.OBJECT_EXISTS;
    }

    @Override
    public String recognisedBy() {
        return "applier's numbers 1007, 1050, 1060, 1061, 1304, 1359, 1537";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("skip", "start", "start-by-plan");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return NUMBERS.contains(error.number());
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seenTransaction()
                .seen(Writable.told(symptoms))
                .skip(
                        "Right where the definitions on both servers are alike; otherwise later changes stop the replica again.")
                .start("Once what the replica has of its own is removed there.");
    }
}
