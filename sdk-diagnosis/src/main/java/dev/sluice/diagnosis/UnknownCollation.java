// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;
import java.util.Set;

/** A newer source uses what an older replica does not have. */
final class UnknownCollation implements ApplierRow {
    private static final Set<Integer> NUMBERS = Set.of(22, 1115, 1193, 1231, 1273);

    @Override
    public String id() {
        return "collation-unknown";
    }

    @Override
    public FailureCode code() {
        return FailureCode.COLLATION_UNKNOWN;
    }

    @Override
    public String recognisedBy() {
        return "applier's numbers 22, 1115, 1193, 1231, 1273, or its text: is not a compiled character set";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("skip", "newer-replica");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return NUMBERS.contains(error.number()) || error.says("is not a compiled character set");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seenTransaction()
                .seen(symptoms.source().map(source -> "version of the source: " + source.version()))
                .seen("version of the replica: " + symptoms.replica().version())
                .skipWithoutParsing(
                        "What it creates is then missing on the replica, and later changes of it stop the replica again.")
                .person(
                        "newer-replica",
                        "Use a replica that knows it",
                        List.of(
                                "Upgrade the replica to the source's version, then start replication; or take a new replica of that version.",
                                "MySQL does not support replication to an older series."));
    }
}
