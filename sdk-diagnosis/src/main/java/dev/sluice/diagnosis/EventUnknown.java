// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** A newer source writes events that an older replica cannot read. */
final class EventUnknown implements ReceiverRow {
    @Override
    public String id() {
        return "event-unknown";
    }

    @Override
    public FailureCode code() {
        return FailureCode.EVENT_UNKNOWN;
    }

    @Override
    public String recognisedBy() {
        return "receiver's text: unknown event, event type, found invalid event";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("switch-off", "new-copy");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.says("unknown event") || error.says("invalid event") || error.says("unsupported event");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seen(symptoms.source().map(source -> "version of the source: " + source.version()))
                .seen("version of the replica: " + symptoms.replica().version())
                .person(
                        "switch-off",
                        "Have the source write what the replica understands",
                        List.of(
                                "On the source: binlog_transaction_compression = OFF, binlog_row_value_options = '', no GTIDs with tags.",
                                "What is in the log already has to be left out or copied again."))
                .newCopy("Events in the log that the replica cannot read are never applied.");
    }
}
