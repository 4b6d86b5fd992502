// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** Somebody deleted on the replica, or it began at coordinates behind its data. */
final class RowMissing implements ApplierRow {
    @Override
    public String id() {
        return "row-missing";
    }

    @Override
    public FailureCode code() {
        return FailureCode.ROW_MISSING;
    }

    @Override
    public String recognisedBy() {
        return "applier's number 1032";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("copy-table", "skip", "new-copy");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.number() == 1032;
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seenTransaction()
                .seen(Writable.told(symptoms))
                .copyTable()
                .skip("The other changes of the transaction are left out, too.")
                .newCopy(
                        "If the replica began at coordinates behind its data, or was written to for long, single transactions are no way out.");
    }
}
