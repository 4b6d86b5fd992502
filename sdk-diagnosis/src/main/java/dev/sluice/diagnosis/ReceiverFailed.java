// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** Everything else that the receiver says. */
final class ReceiverFailed implements ReceiverRow {
    @Override
    public String id() {
        return "receiver-failed";
    }

    @Override
    public FailureCode code() {
        return FailureCode.RECEIVER_FAILED;
    }

    @Override
    public String recognisedBy() {
        return "any other error of the receiver";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("start", "start-by-plan");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return true;
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.start("Once the cause that the message names is gone.");
    }
}
