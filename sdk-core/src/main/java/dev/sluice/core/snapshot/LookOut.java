// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.ServerErrorCode;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.mysql.SessionViews;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Sees who would stand in the way of a lock. A lock that waits holds up everybody who comes after it, and a
 * {@code FLUSH TABLES WITH READ LOCK} that waited for a long query leaves that query's tables unusable until the query ends, even
 * after it was given up. Not thread-safe.
 *
 * <p>A plain {@code FLUSH TABLES} before the lock is not used: it waits for the same queries and does the same harm.
 */
final class LookOut implements AutoCloseable {
    private static final Duration LONGEST_END = Duration.ofSeconds(3);
    /** InnoDB caches its list of transactions, and never renews it for readers that come more often than every 100 ms. */
    private static final Duration POLL = Duration.ofMillis(120);

    private static final String METADATA_LOCKS_ON =
            "SELECT ENABLED AS enabled FROM performance_schema.setup_instruments"
                    + " WHERE NAME = 'wait/lock/metadata/sql/mdl' AND @@performance_schema = 1";

    /** Replication appliers wait in {@code Query} for as long as nothing arrives, GET_LOCK waits on no table. */
    private static final String RUNNING = "SELECT p.ID AS id, p.USER AS user, p.TIME AS seconds"
            + " FROM <sessions> p WHERE p.COMMAND IN ('Query', 'Execute')"
            + " AND p.USER NOT IN ('system user', 'event_scheduler') AND COALESCE(p.STATE, '') <> 'User lock'"
            + " AND p.ID <> CONNECTION_ID() AND p.TIME >= ";

    private static final String USES_A_TABLE = " AND EXISTS (SELECT 1 FROM performance_schema.threads t"
            + " JOIN performance_schema.metadata_locks m ON m.OWNER_THREAD_ID = t.THREAD_ID"
            + " WHERE t.PROCESSLIST_ID = p.ID AND m.OBJECT_TYPE IN ('TABLE', 'GLOBAL'))";

    private static final String HOLDING = "SELECT m.OBJECT_SCHEMA AS db, m.OBJECT_NAME AS tbl, t.PROCESSLIST_ID AS id,"
            + " t.PROCESSLIST_USER AS user, MAX(GREATEST(COALESCE(x.seconds, 0),"
            + " IF(t.PROCESSLIST_COMMAND = 'Sleep' AND x.id IS NOT NULL, 0, t.PROCESSLIST_TIME))) AS seconds"
            + " FROM performance_schema.metadata_locks m"
            + " JOIN performance_schema.threads t ON t.THREAD_ID = m.OWNER_THREAD_ID"
            + " LEFT JOIN <transactions> x ON x.id = t.PROCESSLIST_ID"
            + " WHERE m.OBJECT_TYPE = 'TABLE' AND m.LOCK_STATUS = 'GRANTED' AND t.PROCESSLIST_ID IS NOT NULL"
            + " AND t.PROCESSLIST_ID <> CONNECTION_ID() GROUP BY 1, 2, 3, 4 HAVING seconds >= ";

    private static final String IN_TRANSACTION = "SELECT p.ID AS id, p.USER AS user, x.seconds AS seconds"
            + " FROM <transactions> x JOIN <sessions> p ON p.ID = x.id"
            + " WHERE p.ID <> CONNECTION_ID() HAVING seconds >= ";

    private final MySqlSession session;
    private final SessionViews views;
    private final boolean seesMetadataLocks;

    private LookOut(MySqlSession session) {
        this.session = session;
        requireProcess(session);
        this.views = SessionViews.of(session, session.version());
        this.seesMetadataLocks = seesMetadataLocks(session);
    }

    static LookOut open(MySqlConnector source) {
        MySqlSession session = source.open(SessionUse.CONTROL);
        try {
            return new LookOut(session);
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    private static void requireProcess(MySqlSession session) {
        try {
            session.query("SELECT COUNT(*) FROM information_schema.INNODB_METRICS");
        } catch (StepRefusedException denied) {
            if (denied.code() == ServerErrorCode.PRIVILEGE_MISSING) {
                throw new StepRefusedException(
                        Problem.of(
                                SnapshotErrorCode.SESSIONS_NOT_VISIBLE,
                                "The user of " + session.server() + " lacks PROCESS"),
                        denied);
            }
            throw denied;
        }
    }

    /** On by default from 8.0; needs SELECT on performance_schema besides. */
    private static boolean seesMetadataLocks(MySqlSession session) {
        try {
            boolean on =
                    session.queryValue(METADATA_LOCKS_ON).filter("YES"::equals).isPresent();
            return on
                    && session.queryValue("SELECT COUNT(*) FROM performance_schema.metadata_locks")
                            .isPresent();
        } catch (StepRefusedException notForThisUser) {
            return false;
        }
    }

    /**
     * Who is known to be in the way for at least that long. For table locks on a server that does not tell who uses which table,
     * nobody is: a try there leaves nothing behind.
     */
    List<Blocker> inTheWay(LockKind kind, Set<TableName> tables, Duration atLeast) {
        if (kind == LockKind.GLOBAL_READ_LOCK) {
            return blockers(
                    session.query(asked(RUNNING) + atLeast.toSeconds() + (seesMetadataLocks ? USES_A_TABLE : "")));
        }
        return seesMetadataLocks ? holding(tables, atLeast) : List.of();
    }

    /** Who may have been in the way of a try that failed, for messages. */
    List<Blocker> suspects(LockKind kind, Set<TableName> tables, Duration atLeast) {
        try {
            List<Blocker> known = inTheWay(kind, tables, atLeast);
            return known.isEmpty() ? blockers(session.query(asked(IN_TRANSACTION) + atLeast.toSeconds())) : known;
        } catch (StepException unreadable) {
            // Only names for a message that will be told anyway.
            return List.of();
        }
    }

    private String asked(String question) {
        return question.replace("<sessions>", views.sessions()).replace("<transactions>", views.transactions());
    }

    private List<Blocker> holding(Collection<TableName> tables, Duration atLeast) {
        return blockers(session.query(asked(HOLDING) + atLeast.toSeconds()).stream()
                .filter(row -> isAmong(tables, row))
                .toList());
    }

    private static boolean isAmong(Collection<TableName> tables, Row row) {
        String database = row.find("db").orElse("");
        String table = row.find("tbl").orElse("");
        return !database.isEmpty() && !table.isEmpty() && tables.contains(TableName.of(database, table));
    }

    private static List<Blocker> blockers(List<Row> rows) {
        TreeMap<Long, Blocker> byThread = new TreeMap<>();
        for (Row row : rows) {
            Blocker blocker = new Blocker(
                    row.number("id"), row.find("user").orElse("?"), Duration.ofSeconds(row.number("seconds")));
            byThread.merge(blocker.threadId(), blocker, (a, b) -> a.since().compareTo(b.since()) >= 0 ? a : b);
        }
        return List.copyOf(byThread.values());
    }

    /** Waits a few seconds for a killed session to be gone, and with it its locks. */
    void awaitEnd(long threadId) {
        long end = System.nanoTime() + LONGEST_END.toNanos();
        try {
            while (isThere(threadId)
                    && System.nanoTime() - end < 0
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(POLL.toNanos());
            }
        } catch (StepException unreachable) {
            // The server frees itself then; see LockLimits.
            return;
        }
    }

    private boolean isThere(long threadId) {
        return session.queryOne(asked("SELECT ID FROM <sessions> WHERE ID = ") + threadId)
                .isPresent();
    }

    @Override
    public void close() {
        session.close();
    }
}
