// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.snapshot.Snapshot;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lends the sessions of a snapshot, each to one thread at a time. Thread-safe. */
final class SnapshotSessions {
    private final Snapshot snapshot;
    private final MySqlConnector server;
    private final Deque<MySqlSession> free;

    SnapshotSessions(Snapshot snapshot, MySqlConnector server) {
        this.snapshot = snapshot;
        this.server = server;
        this.free = new ArrayDeque<>(snapshot.readers());
    }

    /** One that comes back when it is closed. There are as many as threads ask for at once. */
    ReadSession lend(Deadline deadline, Cancellation cancellation) {
        MySqlSession session = take();
        try {
            return ReadSession.in(snapshot, session, server, deadline, cancellation, () -> giveBack(session));
        } catch (RuntimeException failure) {
            giveBack(session);
            throw failure;
        }
    }

    private synchronized MySqlSession take() {
        return free.pop();
    }

    private synchronized void giveBack(MySqlSession session) {
        if (!free.contains(session)) {
            free.push(session);
        }
    }

    void close() {
        snapshot.close();
    }
}
