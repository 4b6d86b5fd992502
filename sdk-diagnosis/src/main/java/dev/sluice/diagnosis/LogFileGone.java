// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** The file of the binary log where the replica wants to go on is not on the source: removed, or never there. */
final class LogFileGone implements ReceiverRow {
    @Override
    public String id() {
        return "log-file-gone";
    }

    @Override
    public FailureCode code() {
        return FailureCode.LOG_FILE_GONE;
    }

    @Override
    public String recognisedBy() {
        return "receiver's text: could not find first log file";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("new-copy", "next-log");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.says("could not find first log file") || error.says("could not find next log");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seen(SourceLogs.listed(symptoms))
                .newCopy("The changes in the file are nowhere else, as far as Sluice can see.")
                .remedyHere(
                        "next-log",
                        "Go on with the next file of the source's binary log",
                        symptoms.treatments().nextLog(symptoms),
                        "All changes between here and there are lost on the replica, which then differs from its source.");
    }
}
