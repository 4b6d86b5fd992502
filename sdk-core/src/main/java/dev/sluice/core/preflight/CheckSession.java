// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.SessionUse;

/** A session that checks look at a server with. Not thread-safe: one thread at a time, except {@link #abort()}. */
public interface CheckSession extends AutoCloseable {
    /** What checks ask. */
    ServerSession session();

    /** Ends what runs on it, at once and from any thread; it is not used afterwards. */
    void abort();

    /** Never throws. */
    @Override
    void close();

    /** A session by MySQL's protocol, of its own. */
    static CheckSession open(MySqlConnector connector) {
        return new MySqlCheckSession(connector, connector.open(SessionUse.CONTROL));
    }

    /** A session that needs no closing, such as a mock server's. */
    static CheckSession of(ServerSession session) {
        return new PlainCheckSession(session);
    }
}
