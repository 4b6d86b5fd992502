// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import java.util.List;

/** One server's data directory is a copy of the other's, with its auto.cnf. */
final class EqualServerUuids implements ReceiverRow {
    static final String TITLE = "Give the copied server a UUID of its own";
    static final List<String> STEPS = List.of(
            "Stop replication on the server whose data directory is the copy, if it replicates, and then the server.",
            "Delete auto.cnf in its data directory.",
            "Start it with --skip-replica-start (--skip-slave-start before 8.0.26): it makes a new UUID.",
            "If the copy is the replica: start replication by sluice.live(plan).start(). A restart loses the filter that a plan has set, which this sets"
                    + " again; START REPLICA alone, or a server that starts replication by itself, applies changes outside the scope.");

    @Override
    public String id() {
        return "server-uuids-equal";
    }

    @Override
    public FailureCode code() {
        return FailureCode.SERVER_UUIDS_EQUAL;
    }

    @Override
    public String recognisedBy() {
        return "receiver's text: equal MySQL server UUIDs";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("new-uuid");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.says("equal mysql server uuids");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        return draft.seen("server_uuid of the replica = " + symptoms.replica().serverUuid())
                .person("new-uuid", TITLE, STEPS);
    }
}
