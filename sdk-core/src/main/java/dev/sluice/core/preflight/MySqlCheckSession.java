// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.StepException;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;

/** A session on a real server; what runs on it ends there, too, when it is aborted. */
record MySqlCheckSession(MySqlConnector connector, MySqlSession session) implements CheckSession {
    @Override
    public void abort() {
        try {
            connector.kill(session);
        } catch (StepException unreachable) {
            // Then nobody can end it on the server; here it ends below, whatever the server does.
            return;
        } finally {
            session.abort();
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
