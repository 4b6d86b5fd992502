// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.Scope;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.TestServerException;
import dev.sluice.testservers.Unavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A server that this package's tests use one after the other, with a fresh database {@code app}. It is not lent to others: a global
 * lock stops everybody.
 */
final class Source implements AutoCloseable {
    private static final SharedServers SERVERS = new SharedServers();

    static final Scope APP = new Scope(List.of("app"), List.of(), List.of(), List.of());

    /** For waits that should end at once, on a busy machine. */
    static final Duration SOON = Duration.ofSeconds(20);

    private final MySqlServer server;

    private Source(MySqlServer server) {
        this.server = server;
    }

    static Source of(MySqlRelease release) {
        Optional<Unavailable> unavailable = release.availability();
        assumeTrue(unavailable.isEmpty(), () -> String.valueOf(unavailable));
        Source source = new Source(SERVERS.common(release, options -> options.gtid()));
        source.clean();
        source.execute("CREATE DATABASE app", "CREATE TABLE app.probe (id INT PRIMARY KEY)");
        return source;
    }

    /** Whatever the test before left behind: sessions, prepared transactions, data, accounts, logs. */
    private void clean() {
        endSessions();
        for (List<@Nullable String> prepared : server.query("XA RECOVER")) {
            execute("XA ROLLBACK '" + prepared.get(3) + "'");
        }
        for (List<@Nullable String> user : server.query("SELECT User FROM mysql.user WHERE Host = '%'")) {
            execute("DROP USER '" + user.get(0) + "'@'%'");
        }
        execute(
                "DROP DATABASE IF EXISTS app",
                "DROP DATABASE IF EXISTS other",
                "SET GLOBAL general_log = OFF",
                "SET GLOBAL binlog_group_commit_sync_delay = 0",
                Dialect.of(ServerVersion.parse(value("SELECT VERSION()"))).resetBinlogsAndGtids());
    }

    private void endSessions() {
        String others = "SELECT ID FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID()"
                + " AND (USER = 'root' OR USER LIKE 'test%')";
        server.query(others).forEach(row -> kill(String.valueOf(row.get(0))));
        // Cleaning up: on a machine with much else to do a killed session goes when its turn comes.
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> server.query(others).isEmpty());
    }

    private void kill(String id) {
        try {
            execute("KILL " + id);
        } catch (TestServerException gone) {
            assertThat(gone).hasMessageContaining("Unknown thread id");
        }
    }

    MySqlServer server() {
        return server;
    }

    void execute(String... statements) {
        server().execute(statements);
    }

    String value(String sql) {
        return String.valueOf(server().query(sql).get(0).get(0));
    }

    MySqlConnector connector() {
        return connector(server().rootUser(), server().rootPassword());
    }

    MySqlConnector connector(String user, String password) {
        return MySqlConnector.builder()
                .address(new ServerAddress(server().host(), server().port()))
                .user(user)
                .password(() -> password)
                .allowPlainText()
                .build();
    }

    static SnapshotRequest request(Duration window, Duration patience, LockKind... locks) {
        return new SnapshotRequest(APP, List.of(locks), window, 3, patience);
    }

    static SnapshotRequest request(LockKind... locks) {
        return request(SnapshotRequest.DEFAULT_WINDOW, Duration.ofSeconds(40), locks);
    }

    static SnapshotTaker taker() {
        return new SnapshotTaker(TestDefinitions.of(APP));
    }

    Snapshot take(LockKind... locks) {
        return take(request(locks), SnapshotListener.SILENT);
    }

    Snapshot take(SnapshotRequest request, SnapshotListener listener) {
        return taker().take(connector(), request, listener, new Cancellation());
    }

    Client client() throws SQLException {
        return new Client(server().connect());
    }

    /** Runs statements in a session of their own on a thread of their own. */
    Background<Void> background(String... statements) throws SQLException {
        return Background.statements(client(), statements);
    }

    /** Whether a write goes through within the time. */
    boolean takesWritesWithin(Duration time) throws SQLException {
        try (Background<Void> write = background("REPLACE INTO app.probe VALUES (1)")) {
            return write.endsWithin(time);
        }
    }

    /** How many sessions but the asking one run, or wait in, something like this. */
    int running(String likeState, String likeStatement) {
        return Integer.parseInt(value("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE STATE LIKE '"
                + likeState + "' AND INFO LIKE '" + likeStatement + "' AND ID <> CONNECTION_ID()"));
    }

    static void eventually(Callable<Boolean> condition) {
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    @Override
    public void close() {
        endSessions();
    }
}
