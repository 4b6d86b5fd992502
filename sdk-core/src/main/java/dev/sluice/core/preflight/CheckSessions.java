// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.operation.Target;
import dev.sluice.api.spi.ServerSession;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One session a server, opened when first asked for and anew after a failure. Only {@link #abort()} may be called while another
 * thread works on the sessions. Thread-safe.
 */
final class CheckSessions implements AutoCloseable {
    private final CheckServers servers;
    private final Map<Target, CheckSession> open = new EnumMap<>(Target.class);
    private boolean aborted;

    CheckSessions(CheckServers servers) {
        this.servers = servers;
    }

    ServerSession on(Target target) {
        CheckSession session = opened(target);
        if (session == null) {
            session = servers.open(target);
            keep(target, session);
        }
        return session.session();
    }

    private synchronized @Nullable CheckSession opened(Target target) {
        if (aborted) {
            throw new IllegalStateException("The time of this check is over");
        }
        return open.get(target);
    }

    private synchronized void keep(Target target, CheckSession session) {
        if (aborted) {
            session.close();
            throw new IllegalStateException("The time of this check is over");
        }
        open.put(target, session);
    }

    private synchronized List<CheckSession> taken() {
        List<CheckSession> all = List.copyOf(open.values());
        open.clear();
        return all;
    }

    /** Ends whatever runs, and gives out no session any more. */
    void abort() {
        synchronized (this) {
            aborted = true;
        }
        taken().forEach(CheckSession::abort);
    }

    /** Lets go of the sessions; the next use opens new ones. */
    @Override
    public void close() {
        taken().forEach(CheckSession::close);
    }
}
