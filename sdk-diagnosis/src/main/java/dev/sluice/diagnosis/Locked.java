// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** Somebody's transaction on the replica holds rows or tables that the applier needs. */
final class Locked implements ApplierRow {
    @Override
    public String id() {
        return "locked";
    }

    @Override
    public FailureCode code() {
        return FailureCode.LOCKED;
    }

    @Override
    public String recognisedBy() {
        return "applier's numbers 1205, 1213, 3572";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("start", "start-by-plan");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.number() == 1205 || error.number() == 1213 || error.number() == 3572;
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seenTransaction()
                .seen(Writable.told(symptoms))
                .start(
                        "The applier has given up after its own retries; it begins the transaction anew. See who holds the lock first.");
    }
}
