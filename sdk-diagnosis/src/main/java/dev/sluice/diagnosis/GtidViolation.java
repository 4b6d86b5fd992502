// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** The source allows what GTIDs forbid on the replica. */
final class GtidViolation implements ApplierRow {
    @Override
    public String id() {
        return "gtid-violation";
    }

    @Override
    public FailureCode code() {
        return FailureCode.GTID_VIOLATION;
    }

    @Override
    public String recognisedBy() {
        return "applier's numbers 1781, 1782, 1785, 1786, 1787";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("skip", "start", "start-by-plan");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.number() == 1781
                || error.number() == 1782
                || error.number() == 1785
                || error.number() == 1786
                || error.number() == 1787;
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seenTransaction()
                .seen(symptoms.source()
                        .flatMap(source -> source.variable("enforce_gtid_consistency"))
                        .map(value -> "enforce_gtid_consistency on the source = " + value))
                .skip()
                .start("Once enforce_gtid_consistency is alike on both servers.");
    }
}
