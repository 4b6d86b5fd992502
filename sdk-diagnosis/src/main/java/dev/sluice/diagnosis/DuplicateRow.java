// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** Somebody wrote on the replica, or changes are applied a second time. */
final class DuplicateRow implements ApplierRow {
    @Override
    public String id() {
        return "duplicate-row";
    }

    @Override
    public FailureCode code() {
        return FailureCode.DUPLICATE_ROW;
    }

    @Override
    public String recognisedBy() {
        return "applier's number 1062";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("copy-table", "skip", "new-copy");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.number() == 1062;
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seenTransaction()
                .seen(Writable.told(symptoms))
                .copyTable()
                .skip("The replica keeps its own row, which may hold other values than the source's.")
                .newCopy(
                        "If the replica began at coordinates before its data, or was written to for long, single transactions are no way out.");
    }
}
