// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work on a thread of its own. */
final class Background<T> implements AutoCloseable {
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Runnable stop;

    /** Work that may fail. */
    interface Work<T> {
        T run() throws Exception;
    }

    private Background(Work<T> work, Runnable stop) {
        this.stop = stop;
        Thread thread = new Thread(() -> run(work), "background");
        thread.setDaemon(true);
        thread.start();
    }

    static <T> Background<T> of(Work<T> work) {
        return new Background<>(work, () -> {});
    }

    /** Statements in a session of their own. */
    static Background<Void> statements(Client client, String... statements) {
        return new Background<>(
                () -> {
                    client.execute(statements);
                    return null;
                },
                client::abort);
    }

    @SuppressWarnings("CatchingUnchecked") // told to whoever waits
    private void run(Work<T> work) {
        try {
            result.complete(work.run());
        } catch (Exception failure) {
            result.completeExceptionally(failure);
        }
    }

    boolean isDone() {
        return result.isDone();
    }

    /** Whether it ended well within the time. */
    boolean endsWithin(Duration time) {
        try {
            result.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** What it came to, or throws what it threw. */
    T result(Duration within) throws Throwable {
        try {
            return result.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause();
        }
    }

    @Override
    public void close() {
        stop.run();
    }
}
