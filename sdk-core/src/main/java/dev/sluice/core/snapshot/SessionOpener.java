// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.mysql.SqlFailures;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Opens the snapshot in sessions of this JVM, all at the same time. Not thread-safe. */
final class SessionOpener implements SnapshotOpener, AutoCloseable {
    /** As long as the sessions are not handed over, they only run statements that the server answers at once. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final MySqlConnector source;
    private final int count;
    private final ExecutorService threads;
    private List<Reader> readers = List.of();

    /** A session, and the longest silence that it otherwise bears. */
    private record Reader(MySqlSession session, int networkTimeoutMillis) {}

    SessionOpener(MySqlConnector source, int count) {
        this.source = source;
        this.count = count;
        this.threads = Executors.newFixedThreadPool(count, Threads.named("sluice-snapshot-reader"));
    }

    @Override
    public void prepare(Cancellation cancellation) {
        boolean usable = !readers.isEmpty()
                && all(readers, reader -> reader.session().isAlive(ANSWER)).stream()
                        .allMatch(alive -> alive);
        if (!usable) {
            closeSessions();
            cancellation.check();
            readers = connect();
        }
    }

    private List<Reader> connect() {
        List<Reader> opened = Collections.synchronizedList(new ArrayList<>());
        try {
            all(IntStream.range(0, count).boxed().toList(), number -> {
                Reader reader = impatient(source.open(SessionUse.READER));
                opened.add(reader);
                return reader.session().query(SnapshotStatements.REPEATABLE_READ);
            });
            return List.copyOf(opened);
        } catch (RuntimeException failure) {
            opened.forEach(reader -> reader.session().close());
            throw failure;
        }
    }

    private static Reader impatient(MySqlSession session) {
        try {
            int usual = session.connection().getNetworkTimeout();
            session.connection().setNetworkTimeout(Runnable::run, (int) ANSWER.toMillis());
            return new Reader(session, usual);
        } catch (SQLException failure) {
            session.close();
            throw SqlFailures.whileReading(failure, session.server());
        }
    }

    @Override
    public void open(LockWindow window) {
        openAll();
    }

    /** Begins the transaction of each session. */
    void openAll() {
        all(readers, reader -> reader.session().query(SnapshotStatements.START_SNAPSHOT));
    }

    @Override
    public void discard() {
        try {
            all(readers, reader -> reader.session().query(SnapshotStatements.END_SNAPSHOT));
        } catch (RuntimeException failure) {
            // Ending the connections ends the transactions as well; the next try connects again.
            abort();
        }
    }

    private void abort() {
        readers.forEach(reader -> reader.session().abort());
    }

    /**
     * Hands the sessions over: from now on they are the caller's to close.
     *
     * @throws dev.sluice.api.error.StepException if one has been lost meanwhile
     */
    List<MySqlSession> handOver() {
        List<MySqlSession> sessions = new ArrayList<>();
        for (Reader reader : readers) {
            try {
                reader.session().connection().setNetworkTimeout(Runnable::run, reader.networkTimeoutMillis());
            } catch (SQLException lost) {
                throw SqlFailures.whileReading(lost, source.label());
            }
            sessions.add(reader.session());
        }
        readers = List.of();
        return sessions;
    }

    private <T, R> List<R> all(List<T> items, Function<T, R> work) {
        List<Future<R>> running = items.stream()
                .map(item -> threads.submit(() -> work.apply(item)))
                .toList();
        List<R> results = new ArrayList<>();
        RuntimeException failure = null;
        for (Future<R> each : running) {
            try {
                results.add(each.get());
            } catch (InterruptedException interrupted) {
                // Cutting the connections ends at once what runs on them.
                abort();
                Thread.currentThread().interrupt();
                throw new CancelledException();
            } catch (ExecutionException failed) {
                failure = failed.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException("A reader failed", failed.getCause());
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private void closeSessions() {
        readers.forEach(reader -> reader.session().close());
        readers = List.of();
    }

    /** Ends the threads, and the sessions unless they were handed over. */
    @Override
    public void close() {
        threads.shutdown();
        closeSessions();
    }
}
