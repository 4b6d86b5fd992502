// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** Everything else that the applier says. */
final class ApplierFailed implements ApplierRow {
    @Override
    public String id() {
        return "applier-failed";
    }

    @Override
    public FailureCode code() {
        return FailureCode.APPLIER_FAILED;
    }

    @Override
    public String recognisedBy() {
        return "any other error of the applier";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("start", "start-by-plan", "skip");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return true;
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seenTransaction()
                .start("Once the cause that the message names is gone.")
                .skip();
    }
}
