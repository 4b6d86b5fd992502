// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;
import java.util.Set;

/** Accounts are replicated, and the replica has others. */
final class AccountChange implements ApplierRow {
    private static final Set<Integer> NUMBERS = Set.of(1133, 1141, 1396, 1410, 3162, 3523);

    @Override
    public String id() {
        return "account-change";
    }

    @Override
    public FailureCode code() {
        return FailureCode.ACCOUNT_CHANGE;
    }

    @Override
    public String recognisedBy() {
        return "applier's numbers 1133, 1141, 1396, 1410, 3162, 3523";
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
                .skip(
                        "Right for a replica that has accounts of its own; a filter REPLICATE_WILD_IGNORE_TABLE = ('mysql.%') keeps later ones out.")
                .start("Once the account is on the replica as it is on the source.");
    }
}
