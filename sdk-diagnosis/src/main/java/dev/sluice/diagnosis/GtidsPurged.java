// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.Optional;

/** The source has removed transactions that the replica still needs; replicas with GTIDs are told so by name. */
final class GtidsPurged implements ReceiverRow {
    @Override
    public String id() {
        return "gtids-purged";
    }

    @Override
    public FailureCode code() {
        return FailureCode.GTIDS_PURGED;
    }

    @Override
    public String recognisedBy() {
        return "receiver's text: purged binary logs";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("new-copy");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.says("purged");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seen(missing(symptoms))
                .newCopy("The changes that the source has removed are nowhere else, as far as Sluice can see.");
    }

    private static Optional<String> missing(Symptoms symptoms) {
        return symptoms.sourceSession()
                .flatMap(source -> source.queryValue("SELECT GTID_SUBTRACT(@@GLOBAL.gtid_purged, "
                        + Quote.literal(symptoms.replica().gtidExecuted()) + ")"))
                .map(gtids -> "the source has removed, and the replica lacks: " + Shortened.text(gtids));
    }
}
