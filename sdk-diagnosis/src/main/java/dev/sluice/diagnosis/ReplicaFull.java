// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;
import java.util.Set;

/** The disk of the replica, or a limit of a tablespace. */
final class ReplicaFull implements ApplierRow {
    private static final Set<Integer> NUMBERS = Set.of(3, 28, 1021, 1026, 1114);

    @Override
    public String id() {
        return "replica-full";
    }

    @Override
    public FailureCode code() {
        return FailureCode.REPLICA_FULL;
    }

    @Override
    public String recognisedBy() {
        return "applier's numbers 3, 28, 1021, 1026, 1114, or its text: no space left";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("start", "start-by-plan");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return NUMBERS.contains(error.number()) || error.says("no space left") || error.says("disk full");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        symptoms.errorLog().stream()
                .filter(line -> line.contains("pace") || line.contains("full"))
                .forEach(draft::seen);
        return draft.start("Once there is space again. The transaction is applied from its beginning.");
    }
}
