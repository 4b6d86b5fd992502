// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.log.LogContext;
import dev.sluice.core.mysql.CancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Asks several sessions the same kind of question, each for a part of the items, on a thread of its own. Leaves no thread behind. */
record SideBySide(List<? extends ServerSession> sessions) {
    private static final ThreadFactory DAEMONS = work -> {
        Thread thread = new Thread(LogContext.carriedTo(work), "sluice-definitions");
        thread.setDaemon(true);
        return thread;
    };

    /** The answers in the order of the items. Throws the first failure after all have ended. */
    <T, R> List<R> ask(List<T> items, BiFunction<ServerSession, T, R> question) {
        if (sessions.size() == 1) {
            return items.stream()
                    .map(item -> question.apply(sessions.get(0), item))
                    .toList();
        }
        AtomicBoolean stopped = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(sessions.size(), DAEMONS);
        try {
            List<Future<List<R>>> parts = IntStream.range(0, sessions.size())
                    .mapToObj(number -> threads.submit(part(number, items, question, stopped)))
                    .toList();
            return inOrder(parts, items.size(), stopped);
        } finally {
            threads.shutdown();
        }
    }

    /** Every so many-th item, since neighbours are alike. */
    private <T, R> Callable<List<R>> part(
            int number, List<T> items, BiFunction<ServerSession, T, R> question, AtomicBoolean stopped) {
        return () -> {
            List<R> answers = new ArrayList<>();
            try {
                for (int i = number; i < items.size() && !stopped.get(); i += sessions.size()) {
                    answers.add(question.apply(sessions.get(number), items.get(i)));
                }
                return answers;
            } catch (RuntimeException | Error failed) {
                stopped.set(true);
                throw failed;
            }
        };
    }

    private <R> List<R> inOrder(List<Future<List<R>>> parts, int count, AtomicBoolean stopped) {
        List<List<R>> answers = new ArrayList<>();
        Throwable failure = null;
        for (Future<List<R>> part : parts) {
            try {
                answers.add(part.get());
            } catch (ExecutionException failed) {
                failure = failure == null ? failed.getCause() : failure;
            } catch (InterruptedException interrupted) {
                // Each ends after the question that it is asking; the caller's sessions end with the caller.
                stopped.set(true);
                Thread.currentThread().interrupt();
                throw new CancelledException();
            }
        }
        if (failure != null) {
            throw asUnchecked(failure);
        }
        return IntStream.range(0, count)
                .mapToObj(i -> answers.get(i % parts.size()).get(i / parts.size()))
                .toList();
    }

    private static RuntimeException asUnchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }
}
