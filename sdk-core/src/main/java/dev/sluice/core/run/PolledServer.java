// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server that is asked the same again and again, on a session that is kept and opened anew when it was lost. Thread-safe. */
final class PolledServer implements AutoCloseable {
    private final MySqlConnector server;
    private final Cancellation closed = new Cancellation();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable MySqlSession session;

    PolledServer(MySqlConnector server) {
        this.server = server;
    }

    /**
     * Asks.
     *
     * @throws dev.sluice.api.error.StepException if there is no answer; the next question is asked on a new session
     * @throws dev.sluice.core.mysql.CancelledException if this is closed
     */
    <T> T ask(Function<MySqlSession, T> question) {
        lock.lock();
        try {
            closed.check();
            return answer(question);
        } catch (RuntimeException failure) {
            disconnect();
            throw failure;
        } finally {
            // Who closes does not wait for a server that is slow to answer.
            if (closed.isCancelled()) {
                disconnect();
            }
            lock.unlock();
        }
    }

    private <T> T answer(Function<MySqlSession, T> question) {
        MySqlSession current = session;
        if (current == null) {
            current = server.open(SessionUse.CONTROL);
            session = current;
        }
        try (Cancellation.Registration killed = current.cancellable(closed, server)) {
            return question.apply(current);
        }
    }

    private void disconnect() {
        MySqlSession old = session;
        session = null;
        if (old != null) {
            old.close();
        }
    }

    String label() {
        return server.label();
    }

    /** Ends a question that goes on. A second call does nothing. */
    @Override
    public void close() {
        closed.cancel();
        if (lock.tryLock()) {
            try {
                disconnect();
            } finally {
                lock.unlock();
            }
        }
    }
}
