// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Looks at tables as they are now, in a session of its own: from 8.0 on a session that holds a snapshot sees the dictionary as it was, too.
 * Thread-safe; whoever asks at the same time waits.
 */
final class PresentTables implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final MySqlConnector source;
    private @Nullable MySqlSession session;

    PresentTables(MySqlConnector source) {
        this.source = source;
    }

    /** The present numbers of these tables. */
    synchronized TableIdentities identities(Collection<TableName> tables, Cancellation cancellation) {
        cancellation.check();
        MySqlSession asked = usable();
        try (Cancellation.Registration killed = asked.cancellable(cancellation, source)) {
            return TableIdentities.read(asked, asked.version(), tables);
        } catch (RuntimeException failure) {
            // A session that was killed because of the cancellation is no failure of the snapshot.
            cancellation.check();
            throw failure;
        }
    }

    /** Servers and routers hang up on sessions that were idle for long; this one holds nothing that would be lost with it. */
    private MySqlSession usable() {
        MySqlSession before = session;
        if (before != null && before.isAlive(ANSWER)) {
            return before;
        }
        close();
        MySqlSession opened = source.open(SessionUse.CONTROL);
        session = opened;
        return opened;
    }

    @Override
    public synchronized void close() {
        MySqlSession open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }
}
