// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.Symptoms;
import java.util.ArrayList;
import java.util.List;

/** Source and replica have one server_id, by which a replica tells its own changes. */
final class EqualServerIds implements ReceiverRow {
    @Override
    public String id() {
        return "server-ids-equal";
    }

    @Override
    public FailureCode code() {
        return FailureCode.SERVER_IDS_EQUAL;
    }

    @Override
    public String recognisedBy() {
        return "receiver's text: equal MySQL server ids";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("set-server-id");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.says("equal mysql server ids");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        long free = FreeServerId.of(symptoms);
        List<Operation> operations = new ArrayList<>();
        symptoms.treatments()
                .set(symptoms, "server_id", Long.toString(free))
                .forEach(operation -> operations.add(Demanding.consent(operation, Consent.SERVER_ID_CHANGE)));
        if (!operations.isEmpty()) {
            operations.addAll(symptoms.treatments().start(symptoms));
        }
        return draft.seen("server_id of the replica = " + symptoms.replica().serverId())
                .seen(symptoms.source().map(source -> "server_id of the source = " + source.serverId()))
                .remedy(
                        "set-server-id",
                        "Give the replica a server_id that nobody has, as far as both servers show",
                        operations,
                        "Replicas of this replica have to reconnect.");
    }
}
