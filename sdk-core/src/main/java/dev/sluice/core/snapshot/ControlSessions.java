// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import java.util.ArrayList;
import java.util.List;

/** Sessions on the source that see the present, one or several, and end together. Not thread-safe. */
final class ControlSessions implements AutoCloseable {
    /** Fewer tables a session are not worth its opening. */
    private static final int TABLES_A_SESSION = 50;

    private final MySqlConnector source;
    private final Cancellation cancellation;
    private final List<MySqlSession> sessions = new ArrayList<>();
    private final List<Cancellation.Registration> registrations = new ArrayList<>();

    /** Opens the first. */
    ControlSessions(MySqlConnector source, Cancellation cancellation) {
        this.source = source;
        this.cancellation = cancellation;
        open();
    }

    private void open() {
        cancellation.check();
        MySqlSession session = source.open(SessionUse.CONTROL);
        sessions.add(session);
        registrations.add(session.cancellable(cancellation, source));
    }

    MySqlSession first() {
        return sessions.get(0);
    }

    /** As many as are worth it for so many tables, and no more than {@code most}. */
    List<MySqlSession> forTables(int tables, int most) {
        while (sessions.size() < Math.min(most, tables / TABLES_A_SESSION)) {
            open();
        }
        return List.copyOf(sessions);
    }

    @Override
    public void close() {
        registrations.forEach(Cancellation.Registration::close);
        sessions.forEach(MySqlSession::close);
    }
}
