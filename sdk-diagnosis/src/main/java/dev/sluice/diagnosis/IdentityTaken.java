// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** Another replica with the same UUID has taken the place of this one at the source. */
final class IdentityTaken implements ReceiverRow {
    @Override
    public String id() {
        return "identity-taken";
    }

    @Override
    public FailureCode code() {
        return FailureCode.IDENTITY_TAKEN;
    }

    @Override
    public String recognisedBy() {
        return "receiver's text: a replica with the same server_uuid/server_id has connected";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("new-uuid", "start", "start-by-plan");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.says("same server_uuid");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seen("server_uuid of the replica = " + symptoms.replica().serverUuid())
                .seen(symptoms.source()
                        .map(source -> "server ids connected to the source: " + source.attachedReplicas()))
                .person("new-uuid", EqualServerUuids.TITLE, EqualServerUuids.STEPS)
                .start("Once the other replica has an identity of its own.");
    }
}
