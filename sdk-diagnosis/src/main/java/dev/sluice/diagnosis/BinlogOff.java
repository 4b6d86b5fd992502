// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** The server that is asked for its binary log writes none. */
final class BinlogOff implements ReceiverRow {
    @Override
    public String id() {
        return "binlog-off";
    }

    @Override
    public FailureCode code() {
        return FailureCode.BINLOG_OFF;
    }

    @Override
    public String recognisedBy() {
        return "receiver's text: binary log is not open";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("switch-on", "new-copy");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.says("binary log is not open");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seen(symptoms.source()
                        .flatMap(source -> source.variable("log_bin"))
                        .map(value -> "log_bin on the source = " + value))
                .person(
                        "switch-on",
                        "Switch the source's binary log on",
                        List.of(
                                "Restart the source with log_bin, or point the replica at the writer if it asks a reader.",
                                "What was changed on the source without a binary log never arrives: then only a new copy helps."))
                .newCopy("Changes that the source has not logged are on no replica.");
    }
}
