// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.spi.LiveContext;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The transactions that a snapshot holds, beside those that its replica has already. Immutable and thread-safe.
 *
 * @param held the snapshot's; empty if nobody recorded them, which is not the same as none
 * @param executed the replica's
 */
public record SnapshotGtids(Optional<MySqlGtidSet> held, MySqlGtidSet executed) {
    /** Reads what the replica has now. */
    public static SnapshotGtids of(LiveContext context) {
        return new SnapshotGtids(
                context.coordinates().flatMap(Coordinates::gtids).map(gtids -> (MySqlGtidSet) gtids),
                MySqlGtidSet.parse(context.replicaSession()
                        .queryValue("SELECT @@GLOBAL.gtid_executed")
                        .orElse("")));
    }

    /** Whether the replica has all that the snapshot holds. */
    public boolean areThere() {
        return executed.contains(held.orElse(MySqlGtidSet.EMPTY));
    }

    /**
     * What the replica would skip although the snapshot does not hold it: transactions of the source, and of every server whose transactions
     * came through the source, that the replica has from elsewhere or from earlier. Its own do not come back.
     */
    public MySqlGtidSet skipped(String sourceUuid, String replicaUuid) {
        MySqlGtidSet snapshot = held.orElse(MySqlGtidSet.EMPTY);
        MySqlGtidSet extra = executed.minus(snapshot);
        MySqlGtidSet skipped = extra.of(sourceUuid);
        for (String server : servers(snapshot)) {
            if (!server.equalsIgnoreCase(replicaUuid)) {
                skipped = skipped.plus(extra.of(server));
            }
        }
        return skipped;
    }

    /** Tags come after a colon. */
    private static Set<String> servers(MySqlGtidSet set) {
        Set<String> servers = new TreeSet<>();
        set.intervals().keySet().forEach(key -> servers.add(key.split(":", 2)[0]));
        return servers;
    }
}
