// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** A crash of the replica, or its disk, has damaged what was fetched. */
final class RelayLogUnreadable implements ApplierRow {
    @Override
    public String id() {
        return "relay-log-unreadable";
    }

    @Override
    public FailureCode code() {
        return FailureCode.RELAY_LOG_UNREADABLE;
    }

    @Override
    public String recognisedBy() {
        return "applier's numbers 1594, 13121, or its text: relay log read failure";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("fetch-again");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.number() == 1594 || error.number() == 13121 || error.says("relay log read failure");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.remedyHere(
                        "fetch-again",
                        "Throw the relay log away and fetch again what was not applied",
                        SourceLogs.isSame(symptoms) ? symptoms.treatments().fetchAgain(symptoms) : List.of(),
                        "Nothing is lost as long as the source still has its binary log from there on.")
                .seen(SourceLogs.listed(symptoms));
    }
}
