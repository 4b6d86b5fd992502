// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.StepException;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A link by MySQL's protocol. A cancel kills what runs on it; a session that failed is not used again. Nor is one that has rested: whoever opens a
 * session looks whether the run is still this process's. The server ends it a little later, so that a process which sleeps in between leaves
 * none with which it could go on.
 */
final class MySqlLink implements ServerLink {
    /** Well before the server ends it. */
    private static final Duration REST = Duration.ofSeconds(10);

    private final MySqlConnector connector;
    private Cancellation cancellation;
    private @Nullable MySqlSession session;
    private long lastUsed;

    MySqlLink(MySqlConnector connector, Cancellation cancellation) {
        this.connector = connector;
        this.cancellation = cancellation;
    }

    MySqlConnector connector() {
        return connector;
    }

    @Override
    public ServerSession session() {
        return this::query;
    }

    private List<Row> query(String sql) {
        return on(session -> session.query(sql));
    }

    @Override
    public void execute(String sql) {
        on(session -> {
            session.execute(sql);
            return List.<Row>of();
        });
    }

    @Override
    public void executeApart(String settings, String sql) {
        cancellation.check();
        try (MySqlSession own = opened();
                Cancellation.Registration killed = own.cancellable(cancellation, connector)) {
            own.execute(settings);
            own.execute(sql);
        }
    }

    private List<Row> on(Function<MySqlSession, List<Row>> work) {
        cancellation.check();
        MySqlSession current = open();
        try (Cancellation.Registration killed = current.cancellable(cancellation, connector)) {
            return work.apply(current);
        } catch (StepException failure) {
            reset();
            // A statement that was killed because somebody cancelled is told as the cancel that it is.
            if (!(failure instanceof dev.sluice.api.error.StepOutcomeUnknownException)) {
                cancellation.check();
            }
            throw failure;
        } finally {
            lastUsed = System.nanoTime();
        }
    }

    private MySqlSession open() {
        if (session != null && System.nanoTime() - lastUsed > REST.toNanos()) {
            reset();
        }
        MySqlSession current = session;
        if (current == null) {
            current = opened();
            session = current;
        }
        return current;
    }

    private MySqlSession opened() {
        MySqlSession fresh = connector.open(SessionUse.CONTROL);
        try {
            fresh.query("SET SESSION wait_timeout = " + MySqlSession.LONGEST_SILENCE_OF_A_WRITER.toSeconds());
            return fresh;
        } catch (RuntimeException failure) {
            fresh.close();
            throw failure;
        }
    }

    @Override
    public void endWith(Cancellation now) {
        cancellation = now;
    }

    @Override
    public void reset() {
        MySqlSession old = session;
        session = null;
        if (old != null) {
            old.close();
        }
    }

    @Override
    public void close() {
        reset();
    }
}
