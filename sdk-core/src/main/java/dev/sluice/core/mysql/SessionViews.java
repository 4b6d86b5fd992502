// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.spi.ServerSession;

/**
 * Where a server tells of its sessions and of their transactions, for use in a {@code FROM}. Newer servers (seen on 9.7, not up to 8.0.33)
 * answer no question about {@code information_schema.PROCESSLIST} or {@code INNODB_TRX} with anything but error 3854 while any session runs a
 * statement that holds a character beyond U+FFFF; the performance schema has the same without that. Immutable and thread-safe.
 *
 * @param sessions a table with ID, USER, TIME, COMMAND, STATE and INFO
 * @param transactions a table with {@code id} of the session, {@code seconds} since it began, and {@code isolation}; sessions without a
 *     transaction are not in it
 */
public record SessionViews(String sessions, String transactions) {
    private static final String IN_PERFORMANCE_SCHEMA = "(SELECT tr_t.PROCESSLIST_ID AS id,"
            + " tr_e.TIMER_WAIT DIV 1000000000000 AS seconds, tr_e.ISOLATION_LEVEL AS isolation"
            + " FROM performance_schema.events_transactions_current tr_e"
            + " JOIN performance_schema.threads tr_t ON tr_t.THREAD_ID = tr_e.THREAD_ID"
            + " WHERE tr_e.STATE = 'ACTIVE' AND tr_t.PROCESSLIST_ID IS NOT NULL)";

    /** This table tells times in the server's own time zone, whatever the session's is. */
    private static final String IN_INNODB = "(SELECT trx_mysql_thread_id AS id, TIMESTAMPDIFF(SECOND, trx_started,"
            + " CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM')) AS seconds, trx_isolation_level AS isolation"
            + " FROM information_schema.INNODB_TRX WHERE trx_mysql_thread_id <> 0)";

    /**
     * All have to be on for transactions to be seen; they are, unless somebody switched one off. The last join finds nothing: who may not read
     * that table is refused.
     */
    private static final String TRANSACTIONS_ARE_SEEN =
            "SELECT COUNT(*) AS seen FROM performance_schema.setup_consumers c"
                    + " JOIN performance_schema.setup_instruments i ON i.NAME = 'transaction' AND i.ENABLED = 'YES' AND i.TIMED = 'YES'"
                    + " JOIN performance_schema.setup_consumers g ON g.NAME = 'global_instrumentation' AND g.ENABLED = 'YES'"
                    + " JOIN performance_schema.setup_consumers t ON t.NAME = 'thread_instrumentation' AND t.ENABLED = 'YES'"
                    + " LEFT JOIN performance_schema.events_transactions_current e ON FALSE"
                    + " WHERE c.NAME = 'events_transactions_current' AND c.ENABLED = 'YES'";

    /** What this server can be asked by this user. */
    public static SessionViews of(ServerSession session, ServerVersion version) {
        boolean newer = version.isAtLeast(8, 1, 0) && isOn(session);
        return new SessionViews(
                newer ? "performance_schema.processlist" : "information_schema.PROCESSLIST",
                newer && seesTransactions(session) ? IN_PERFORMANCE_SCHEMA : IN_INNODB);
    }

    private static boolean isOn(ServerSession session) {
        return session.queryValue("SELECT @@performance_schema")
                .filter("1"::equals)
                .isPresent();
    }

    private static boolean seesTransactions(ServerSession session) {
        try {
            return session.queryValue(TRANSACTIONS_ARE_SEEN).filter("1"::equals).isPresent();
        } catch (StepRefusedException notForThisUser) {
            // InnoDB's own list needs PROCESS only.
            return false;
        }
    }
}
