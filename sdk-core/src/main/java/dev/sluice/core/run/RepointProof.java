// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import java.util.Optional;

/**
 * That a server which has lost its replication configuration can be pointed at the source by GTIDs: that what it calls executed is exactly what
 * is in its data, and that the source still has all the rest. An address, a name or a position that was seen before proves none of this.
 *
 * @param snapshot the transactions that the snapshot holds, if this run knows them
 * @param seen what the replica had before, if it was asked then
 */
record RepointProof(Optional<MySqlGtidSet> snapshot, Optional<MySqlGtidSet> seen) {
    static RepointProof of(LiveContext context, Optional<MySqlGtidSet> seen) {
        return new RepointProof(
                context.coordinates().flatMap(Coordinates::gtids).map(gtids -> (MySqlGtidSet) gtids), seen);
    }

    /**
     * Looks at both servers.
     *
     * @throws StepRefusedException REPOINT_UNPROVEN
     */
    void require(LiveContext context) {
        require(
                context.replicaSession(),
                context.sourceSession(),
                context.source().serverUuid());
    }

    void require(ServerSession replica, ServerSession source, String sourceUuid) {
        // The replica first: what the source does meanwhile only adds to what it has.
        MySqlGtidSet executed = set(replica, "gtid_executed");
        requireSameData(executed);
        MySqlGtidSet purged = set(source, "gtid_purged").minus(executed);
        if (!purged.isEmpty()) {
            throw unproven("the source has purged what the replica lacks: " + purged);
        }
        MySqlGtidSet ahead = executed.of(sourceUuid).minus(set(source, "gtid_executed"));
        if (!ahead.isEmpty()) {
            throw unproven("the replica has transactions of the source that the source does not have: " + ahead);
        }
    }

    /** What the volume held at the last look it holds now: a failover loses nothing that was committed. */
    private void requireSameData(MySqlGtidSet executed) {
        if (snapshot.isEmpty() && seen.isEmpty()) {
            throw unproven("nobody knows which transactions it had before");
        }
        MySqlGtidSet before = snapshot.orElse(MySqlGtidSet.EMPTY).plus(seen.orElse(MySqlGtidSet.EMPTY));
        if (before.isEmpty()) {
            throw unproven("it had no GTIDs before");
        }
        MySqlGtidSet lost = before.minus(executed);
        if (!lost.isEmpty()) {
            throw unproven("it lacks transactions that were there before, so that its data are others: " + lost);
        }
    }

    private static MySqlGtidSet set(ServerSession session, String variable) {
        return MySqlGtidSet.parse(
                session.queryValue("SELECT @@GLOBAL." + variable).orElse(""));
    }

    private static StepRefusedException unproven(String why) {
        return new StepRefusedException(Problem.of(
                RunCode.REPOINT_UNPROVEN,
                "The new server of the replica has no replication configuration, and it cannot be proven where to go on: "
                        + why));
    }
}
