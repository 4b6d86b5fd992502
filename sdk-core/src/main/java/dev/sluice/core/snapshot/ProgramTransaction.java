// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static java.util.Objects.requireNonNull;

import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import java.time.Duration;

/**
 * Waits, under the lock, for another program of this host to have its consistent snapshot open, such as {@code mysqldump
 * --single-transaction}. The program is recognised by its process id, which MySQL's C client library sends with its login; that
 * needs {@code performance_schema=ON} and that the program logs in as the same account. Not thread-safe.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/performance-schema-connection-attribute-tables.html">MySQL: connection
 *     attributes</a>
 */
public final class ProgramTransaction implements AutoCloseable {
    /** InnoDB caches its list of transactions, and never renews it for readers that come more often than every 100 ms. */
    private static final Duration POLL = Duration.ofMillis(120);

    private static final String SESSION_OF =
            "SELECT PROCESSLIST_ID AS id FROM performance_schema.session_account_connect_attrs"
                    + " WHERE ATTR_NAME = '_pid' AND ATTR_VALUE = '";

    /** The transaction is listed a moment before its view of the data is made: the statement has to be over. */
    private static final String OPEN = "SELECT x.trx_id FROM information_schema.INNODB_TRX x"
            + " JOIN information_schema.PROCESSLIST p ON p.ID = x.trx_mysql_thread_id"
            + " WHERE x.trx_isolation_level = 'REPEATABLE READ'"
            + " AND COALESCE(p.INFO, '') NOT LIKE 'START TRANSACTION%' AND p.ID = ";

    private final MySqlSession session;

    private ProgramTransaction(MySqlSession session) {
        this.session = session;
    }

    /** Connects; done before the lock. */
    public static ProgramTransaction watch(MySqlConnector source) {
        return new ProgramTransaction(requireNonNull(source, "source").open(SessionUse.CONTROL));
    }

    /**
     * Returns when the program's transaction is open.
     *
     * @param processId the program's process id on this host
     * @throws dev.sluice.api.error.StepUnavailableException NOT_OPENED if the window ends before that
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled
     */
    public void await(long processId, LockWindow window) {
        while (!isOpen(processId)) {
            window.check();
            window.pause(POLL);
        }
    }

    private boolean isOpen(long processId) {
        return session.query(SESSION_OF + processId + "'").stream()
                .map(row -> row.number("id"))
                .anyMatch(id -> session.queryOne(OPEN + id).isPresent());
    }

    @Override
    public void close() {
        session.close();
    }
}
