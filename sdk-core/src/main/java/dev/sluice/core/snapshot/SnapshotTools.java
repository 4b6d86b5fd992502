// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.operation.LockKind;
import dev.sluice.core.mysql.CoordinatesReader;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What all tries for one snapshot share: connections that stand before the lock is asked for, and threads. Not thread-safe. */
final class SnapshotTools implements AutoCloseable {
    private static final Duration SHORTEST_LONG = Duration.ofSeconds(1);

    private final MySqlConnector source;
    private final SnapshotRequest request;
    private final SnapshotOpener opener;
    private final SnapshotListener listener;
    private final CoordinatesReader coordinates;
    private final LookOut lookOut;
    private final Watchdog watchdog;
    private final OneThread threads = new OneThread();

    SnapshotTools(
            MySqlConnector source,
            SnapshotRequest request,
            SnapshotOpener opener,
            SnapshotListener listener,
            Clock clock) {
        this.source = source;
        this.request = request;
        this.opener = opener;
        this.listener = listener;
        this.coordinates = new CoordinatesReader(Dialect.of(source.version()), clock);
        this.lookOut = LookOut.open(source);
        this.watchdog = watchdog(source, lookOut);
    }

    private static Watchdog watchdog(MySqlConnector source, LookOut opened) {
        try {
            return new Watchdog(source);
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    MySqlConnector source() {
        return source;
    }

    SnapshotRequest request() {
        return request;
    }

    SnapshotOpener opener() {
        return opener;
    }

    SnapshotListener listener() {
        return listener;
    }

    LookOut lookOut() {
        return lookOut;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    ExecutorService threads() {
        return threads;
    }

    /** From when on a statement is long: one that has run for half the window would probably outlast the rest of it. */
    Duration longFrom() {
        Duration half = request.window().dividedBy(2);
        return half.compareTo(SHORTEST_LONG) < 0 ? SHORTEST_LONG : half;
    }

    /** Where the log stands; nothing in the scope can be written now. */
    Coordinates coordinates(MySqlSession lock, LockKind kind) {
        String method = kind == LockKind.GLOBAL_READ_LOCK
                ? "read under FLUSH TABLES WITH READ LOCK"
                : "read under LOCK TABLES … WRITE over the scope";
        return coordinates.read(lock, "", method);
    }

    /** Waits for the opener's thread to have nothing to do. */
    void awaitIdle(Duration longest) {
        threads.awaitIdle(longest);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        watchdog.close();
        lookOut.close();
    }

    /** Runs one opener at a time. */
    private static final class OneThread extends ThreadPoolExecutor {
        OneThread() {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Threads.named("sluice-snapshot-opener"));
            prestartAllCoreThreads();
        }

        /** Whatever was submitted before has ended when an empty task gets its turn. */
        void awaitIdle(Duration longest) {
            try {
                submit(() -> {}).get(longest.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException stillBusy) {
                // It hangs on a connection that answers nothing; discarding cuts that.
                return;
            }
        }
    }
}
