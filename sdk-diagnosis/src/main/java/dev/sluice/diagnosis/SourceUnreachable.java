// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.spi.Symptoms;
import java.util.List;
import java.util.Set;

/** Network, name or address: the receiver gets no answer. */
final class SourceUnreachable implements ReceiverRow {
    private static final Set<Integer> NUMBERS =
            Set.of(1040, 1053, 1158, 1159, 1160, 1161, 2002, 2003, 2005, 2006, 2013, 2055);

    @Override
    public String id() {
        return "source-unreachable";
    }

    @Override
    public FailureCode code() {
        return FailureCode.SOURCE_UNREACHABLE;
    }

    @Override
    public String recognisedBy() {
        return "receiver's numbers 1040, 1053, 1158 to 1161, 2002, 2003, 2005, 2006, 2013, 2055";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("repoint", "by-hand");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return NUMBERS.contains(error.number());
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        ChannelState channel = symptoms.channel().orElseThrow();
        return draft.seen("the replica looks for the source at " + channel.source())
                .seen(symptoms.sourceAsSeenByReplica()
                        .map(address -> "the source that was named answers at " + address))
                .remedyHere(
                        "repoint",
                        "Point the replica at the source's new address",
                        Links.repointed(symptoms),
                        "It is the same server by its UUID, so that the replica goes on where it is.")
                .person(
                        "by-hand",
                        "Let the replica reach the source",
                        List.of(
                                "See that the source runs, that its name resolves on the replica, and that firewalls, security groups and routes let the"
                                        + " replica through.",
                                "The receiver goes on trying by itself."));
    }
}
