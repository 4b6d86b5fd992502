// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.core.mysql.ReplicaStatus;
import java.time.Instant;

/**
 * From where on a source's binary log is still needed.
 *
 * @param applied from where on for certain: a replica that crashes throws away what it has fetched and fetches again from what it has applied
 *     ({@code relay_log_recovery})
 * @param fetched from where on as long as the replica keeps what it has fetched
 * @param snapshot where the snapshot stands
 * @param at when the source wrote there
 */
record NeededFrom(BinlogPosition applied, BinlogPosition fetched, BinlogPosition snapshot, Instant at) {
    /** Before anything is replicated. */
    static NeededFrom snapshot(BinlogPosition snapshot, Instant at) {
        return new NeededFrom(snapshot, snapshot, snapshot, at);
    }

    /** Once the replica replicates; a channel that has never been connected to the source needs all since the snapshot. */
    NeededFrom by(ReplicaStatus replica, String sourceUuid) {
        if (!replica.source().uuid().equalsIgnoreCase(sourceUuid)) {
            return this;
        }
        BinlogPosition hasFetched = replica.receiver().fetched().orElse(snapshot);
        return new NeededFrom(replica.applier().applied().orElse(hasFetched), hasFetched, snapshot, at);
    }
}
