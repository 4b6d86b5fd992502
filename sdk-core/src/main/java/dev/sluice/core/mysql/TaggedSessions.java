// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.spi.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds and ends sessions by their connection attributes: those that a dead process left on the server, which may still hold locks
 * or be in the middle of a load. For sessions of the same user this needs no privilege, but {@code performance_schema=ON}; where that
 * is off, no session is found. Thread-safe: no state.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/performance-schema-session-account-connect-attrs-table.html">MySQL:
 *     session_account_connect_attrs</a>
 */
public final class TaggedSessions {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private TaggedSessions() {}

    /**
     * The ids of the sessions that have all these attributes, without the asking one.
     *
     * @throws dev.sluice.api.error.StepException if the server cannot be read
     */
    public static List<Long> find(MySqlSession session, Map<String, String> attributes) {
        String matches = attributes.entrySet().stream()
                .map(entry -> "(ATTR_NAME = " + Quote.literal(entry.getKey()) + " AND ATTR_VALUE = "
                        + Quote.literal(entry.getValue()) + ")")
                .collect(Collectors.joining(" OR "));
        return session
                .query("SELECT PROCESSLIST_ID AS id FROM performance_schema.session_account_connect_attrs"
                        + " WHERE PROCESSLIST_ID <> CONNECTION_ID() AND (" + matches
                        + ") GROUP BY PROCESSLIST_ID HAVING COUNT(*) = " + attributes.size())
                .stream()
                .map(row -> row.number("id"))
                .toList();
    }

    /**
     * All attributes of the sessions that have this one, the asking one included: of all users where the server lets this one see
     * them, else of the same user.
     *
     * @return by the id of the session
     * @throws dev.sluice.api.error.StepException if the server cannot be read
     */
    public static Map<Long, Map<String, String>> having(MySqlSession session, String name, String value) {
        Map<Long, Map<String, String>> sessions = new TreeMap<>();
        for (Row row : attributes(session, name, value)) {
            sessions.computeIfAbsent(row.number("id"), id -> new HashMap<>())
                    .put(row.text("name"), row.find("value").orElse(""));
        }
        return sessions;
    }

    private static List<Row> attributes(MySqlSession session, String name, String value) {
        try {
            return attributes(session, "session_connect_attrs", name, value);
        } catch (StepRefusedException notOfOthers) {
            return attributes(session, "session_account_connect_attrs", name, value);
        }
    }

    private static List<Row> attributes(MySqlSession session, String table, String name, String value) {
        return session.query("SELECT a.PROCESSLIST_ID AS id, a.ATTR_NAME AS name, a.ATTR_VALUE AS value"
                + " FROM performance_schema." + table + " t JOIN performance_schema." + table
                + " a ON a.PROCESSLIST_ID = t.PROCESSLIST_ID WHERE t.ATTR_NAME = " + Quote.literal(name)
                + " AND t.ATTR_VALUE = " + Quote.literal(value));
    }

    /**
     * Has a session ended, which may take until its statement is rolled back. One that is gone already is as good as ended.
     *
     * @throws dev.sluice.api.error.StepException if the server refuses, as it does for sessions of others without CONNECTION_ADMIN
     *     (SUPER on older servers)
     */
    public static void kill(MySqlSession session, long id) {
        KillStatement.run(session, "KILL CONNECTION " + id);
    }

    /**
     * Ends sessions and returns when none of them is left.
     *
     * @param deadline the longest wait for them to be gone: a statement in its rollback can take long
     * @throws StepUnavailableException if some are left after the deadline
     */
    public static void end(MySqlSession session, List<Long> ids, Duration deadline, Cancellation cancellation) {
        ids.forEach(id -> kill(session, id));
        long end = System.nanoTime() + deadline.toNanos();
        List<Long> left = stillThere(session, ids);
        while (!left.isEmpty()) {
            cancellation.check();
            if (System.nanoTime() - end > 0) {
                throw new StepUnavailableException(Problem.of(
                        ServerErrorCode.THREAD_LEFT,
                        "Sessions " + left + " on " + session.server() + " were killed and are not gone after "
                                + deadline));
            }
            cancellation.sleep(PAUSE);
            left = stillThere(session, ids);
        }
    }

    /** Without PROCESS, a user sees its own sessions there. */
    private static List<Long> stillThere(MySqlSession session, List<Long> ids) {
        return session.query("SHOW PROCESSLIST").stream()
                .map(row -> row.number("Id"))
                .filter(ids::contains)
                .toList();
    }
}
