// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import org.jspecify.annotations.Nullable;

/** The database that a session's statements mean, changed only where it has to be. One thread at a time. */
final class DatabaseInUse {
    private final MySqlSession session;
    private @Nullable String database;

    DatabaseInUse(MySqlSession session) {
        this.session = session;
    }

    void use(String name) {
        if (!name.equals(database)) {
            session.execute("USE " + Quote.identifier(name));
            database = name;
        }
    }
}
