// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.diagnosis.DiagnosisFinding;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.Symptoms;
import java.util.List;
import java.util.Optional;

/**
 * The source compresses transactions, which replicas before 8.0.20 cannot read. They fetch them all the same, and say that their own relay log is
 * damaged (seen on 8.0.15); to fetch again does not help.
 */
final class EventsTooNew implements ApplierRow {
    private static final String COMPRESSION = "binlog_transaction_compression";

    @Override
    public String id() {
        return "events-too-new";
    }

    @Override
    public FailureCode code() {
        return FailureCode.EVENT_UNKNOWN;
    }

    @Override
    public String recognisedBy() {
        return "as relay-log-unreadable, from a source that compresses transactions to a replica that has no such setting";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("switch-off", "new-copy");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return new RelayLogUnreadable().isShownBy(error);
    }

    @Override
    public Optional<DiagnosisFinding> recognise(Symptoms symptoms) {
        boolean compresses =
                symptoms.source().filter(source -> source.isOn(COMPRESSION)).isPresent();
        return compresses && !knowsCompression(symptoms.replica())
                ? ApplierRow.super.recognise(symptoms)
                : Optional.empty();
    }

    private static boolean knowsCompression(ServerFacts replica) {
        return replica.variable(COMPRESSION).isPresent();
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seen(COMPRESSION + " on the source = ON")
                .seen("version of the replica: " + symptoms.replica().version())
                .person(
                        "switch-off",
                        "Have the source write what the replica understands",
                        List.of(
                                "On the source: SET PERSIST binlog_transaction_compression = OFF; sessions that are open go on compressing.",
                                "What is in the log already has to be left out or copied again; or upgrade the replica, which then goes on."))
                .newCopy("Events in the log that the replica cannot read are never applied.");
    }
}
