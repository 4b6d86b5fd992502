// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** The source has the file, and no event begins where the replica wants to go on. */
final class PositionImpossible implements ReceiverRow {
    @Override
    public String id() {
        return "position-impossible";
    }

    @Override
    public FailureCode code() {
        return FailureCode.POSITION_IMPOSSIBLE;
    }

    @Override
    public String recognisedBy() {
        return "receiver's text: impossible position, position > file size, bogus data, log event entry exceeded max_allowed_packet";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("fetch-again", "new-copy");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.says("impossible position")
                || error.says("position > file size")
                || error.says("bogus data")
                || error.says("log event entry exceeded");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seen(SourceLogs.listed(symptoms))
                .remedyHere(
                        "fetch-again",
                        "Fetch again from where the replica has applied the source's log",
                        SourceLogs.isSame(symptoms) ? symptoms.treatments().fetchAgain(symptoms) : List.of(),
                        "Helps where only what was fetched is wrong; if the source has lost the end of its log in a crash, it fails again.")
                .newCopy(
                        "If the source has lost the end of its binary log, the replica may hold changes that the source does not.");
    }
}
