// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.ReplicationError;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the worker that stopped says. With several workers the replica's status only points to it.
 *
 * @see <a
 *     href="https://dev.mysql.com/doc/refman/8.4/en/performance-schema-replication-applier-status-by-worker-table.html">MySQL: the
 *     applier's workers</a>
 */
record WorkerErrors(ServerSession replica, Dialect dialect) {
    private static final Pattern GTID = Pattern.compile("[0-9A-Fa-f-]{36}:([A-Za-z_]\\w*:)?\\d+");

    /**
     * What a worker says.
     *
     * @param error why it stopped
     * @param at at which transaction
     */
    record Found(ChannelError error, FailedAt at) {}

    Optional<Found> first() {
        try {
            return replica.queryOne(query("*")).map(this::found);
        } catch (StepRefusedException notForThisUser) {
            return Optional.empty();
        }
    }

    private Found found(Row row) {
        String message = row.find("LAST_ERROR_MESSAGE").orElse("");
        String column = row.find(column()).orElse("");
        FailedAt told = FailedAt.toldBy(message);
        return new Found(
                new ChannelError((int) row.number("LAST_ERROR_NUMBER"), ReplicationError.withoutStatement(message)),
                GTID.matcher(column).matches() ? new FailedAt(column, told.endLogPos()) : told);
    }

    /** The column that names the transaction in hand. */
    String column() {
        return dialect.version().isAtLeast(8, 0, 0) ? "APPLYING_TRANSACTION" : "LAST_SEEN_TRANSACTION";
    }

    String query(String columns) {
        return "SELECT " + columns + " FROM performance_schema.replication_applier_status_by_worker"
                + " WHERE CHANNEL_NAME = " + Quote.literal("") + " AND LAST_ERROR_NUMBER <> 0"
                + " ORDER BY LAST_ERROR_TIMESTAMP LIMIT 1";
    }
}
