// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/** No transaction has been open for longer than the snapshot's lock may take. */
final class LongTransactions implements LiveCheck {
    /** This table tells times in the server's own time zone, whatever the session's is. */
    private static final String QUERY = "SELECT trx_mysql_thread_id AS id, TIMESTAMPDIFF(SECOND, trx_started,"
            + " CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM')) AS seconds FROM information_schema.INNODB_TRX"
            + " WHERE trx_mysql_thread_id NOT IN (0, CONNECTION_ID()) HAVING seconds >= ";

    @Override
    public String id() {
        return "long-transactions";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.LONG_TRANSACTION;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (!PlanReach.copies(context)) {
            return List.of();
        }
        long seconds = context.replication().lockWindow().toSeconds();
        return context.sourceSession().query(QUERY + seconds + " ORDER BY seconds DESC LIMIT 20").stream()
                .map(row -> Problem.of(
                        code(),
                        "Session " + row.text("id") + " on " + Labels.source(context)
                                + " has had a transaction open for " + row.text("seconds") + " s"))
                .toList();
    }
}
