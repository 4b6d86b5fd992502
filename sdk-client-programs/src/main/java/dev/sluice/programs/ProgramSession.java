// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.dump.DumpCode;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.mysql.SessionViews;
import dev.sluice.core.mysql.TaggedSessions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the session that a client program has on a server: by the process id and the program name that MySQL's C client library
 * sends with its login, among the sessions that were not there before. Needs {@code performance_schema=ON} and, to see
 * transactions, PROCESS. Not thread-safe.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/performance-schema-connection-attribute-tables.html">MySQL: connection
 *     attributes</a>
 */
final class ProgramSession implements AutoCloseable {
    private static final Duration GONE = Duration.ofSeconds(3);

    /**
     * InnoDB shows its list of transactions from a cache, which it fills anew only if nobody has read it for 100 ms: who looks more
     * often sees the same for ever.
     *
     * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/innodb-information-schema-internal-data.html">MySQL: persistence and
     *     consistency of InnoDB transaction and locking information</a>
     */
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(120);

    /**
     * The transaction is listed a moment before its view of the data is made: the statement has to be over. What the server itself
     * reads on behalf of a session runs at other isolation levels.
     */
    private static final String WITH_SNAPSHOT =
            " x JOIN <sessions> p ON p.ID = x.id WHERE x.isolation = 'REPEATABLE READ'"
                    + " AND COALESCE(p.INFO, '') NOT LIKE 'START TRANSACTION%' AND p.ID = ";

    private final MySqlSession session;
    private final String program;
    private final SessionViews views;
    private final Set<Long> others = new HashSet<>();

    private ProgramSession(MySqlSession session, String program) {
        this.session = session;
        this.program = program;
        this.views = SessionViews.of(session, session.version());
    }

    /** Connects, and asks whether the server shows what is needed. */
    static ProgramSession watch(MySqlConnector server, String program) {
        return new ProgramSession(server.open(SessionUse.CONTROL), program);
    }

    MySqlSession session() {
        return session;
    }

    boolean serverShowsSessions() {
        return session.query("SELECT @@performance_schema AS p").get(0).number("p") != 0;
    }

    /** Fails if transactions could not be seen: better now than under the lock. */
    void requireTransactionsVisible() {
        if (!serverShowsSessions()) {
            throw new StepRefusedException(
                    Problem.of(DumpCode.NOT_VISIBLE, session.server() + " runs with performance_schema=OFF"));
        }
        session.query("SELECT COUNT(*) FROM information_schema.INNODB_METRICS");
    }

    /** Sessions that are there now are other programs', even if one has the same process id on another host. */
    void begin() {
        others.addAll(TaggedSessions.find(session, Map.of("program_name", program)));
    }

    /** The sessions of the program that was started after {@link #begin()}. */
    List<Long> find(List<Long> processIds) {
        return processIds.stream()
                .flatMap(id ->
                        TaggedSessions.find(session, Map.of("program_name", program, "_pid", Long.toString(id)))
                                .stream())
                .filter(id -> !others.contains(id))
                .toList();
    }

    /** Whether the session has its consistent snapshot. Asked again after {@link #BETWEEN_LOOKS} at the earliest. */
    boolean hasSnapshot(long sessionId) {
        return session.queryOne("SELECT x.id FROM " + views.transactions()
                        + WITH_SNAPSHOT.replace("<sessions>", views.sessions()) + sessionId)
                .isPresent();
    }

    /** Ends sessions of programs that were killed: the server may not have noticed yet. */
    static void end(MySqlConnector server, List<Long> sessionIds) {
        if (sessionIds.isEmpty()) {
            return;
        }
        try (MySqlSession control = server.open(SessionUse.CONTROL)) {
            TaggedSessions.end(control, sessionIds, GONE, new Cancellation());
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
