// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.StepException;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A link by MySQL's protocol. A cancel kills what runs on it; a session that failed is not used again. */
final class MySqlLink implements ServerLink {
    private final MySqlConnector connector;
    private Cancellation cancellation;
    private @Nullable MySqlSession session;

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
        try (MySqlSession own = connector.open(SessionUse.CONTROL);
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
        }
    }

    private MySqlSession open() {
        MySqlSession current = session;
        if (current == null) {
            current = connector.open(SessionUse.CONTROL);
            session = current;
        }
        return current;
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
