// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** A trigger, routine or view acts for an account that only the source has. */
final class DefinerMissing implements ApplierRow {
    @Override
    public String id() {
        return "definer-missing";
    }

    @Override
    public FailureCode code() {
        return FailureCode.DEFINER_MISSING;
    }

    @Override
    public String recognisedBy() {
        return "applier's number 1449";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("start", "start-by-plan");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.number() == 1449;
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seenTransaction()
                .start(
                        "Once the account that the message names is on the replica, with the privileges that it has on the source.");
    }
}
