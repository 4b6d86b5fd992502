// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.Symptoms;
import java.util.List;
import java.util.Optional;

/** GTID modes that do not go together, or transactions of a kind that the mode forbids. */
final class UnlikeGtidModes implements ReceiverRow {
    @Override
    public String id() {
        return "gtid-modes";
    }

    @Override
    public FailureCode code() {
        return FailureCode.GTID_MODES;
    }

    @Override
    public String recognisedBy() {
        return "receiver's text: GTID_MODE, AUTO_POSITION, anonymous transaction";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("align", "start", "start-by-plan");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.says("gtid_mode") || error.says("auto_position") || error.says("anonymous transaction");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seen(mode("the replica", symptoms.replica()))
                .seen(symptoms.source().flatMap(source -> mode("the source", source)))
                .person(
                        "align",
                        "Bring the GTID modes into line",
                        List.of(
                                "Set gtid_mode on the server that lags behind, one step at a time: OFF, OFF_PERMISSIVE, ON_PERMISSIVE, ON;"
                                        + " enforce_gtid_consistency = ON comes before.",
                                "Before ON wait until Ongoing_anonymous_transaction_count is 0 and the replica has applied all of them.",
                                "Then start replication."))
                .start("Once the modes fit.");
    }

    private static Optional<String> mode(String server, ServerFacts facts) {
        return facts.variable("gtid_mode").map(mode -> "gtid_mode of " + server + " = " + mode);
    }
}
