// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.core.log.LogContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to listeners in order on one thread of its own, which begins with the first event. Whoever reports never waits: what a slow listener cannot keep up with is
 * kept, except that of what may be thinned out only the newest waits. Thread-safe.
 */
final class OrderedDelivery<E> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OrderedDelivery.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final List<Consumer<E>> listeners;
    private final Predicate<E> mayBeThinned;
    private final Deque<E> waiting = new ArrayDeque<>();
    private final Thread thread;

    /** Used by the delivering thread only. */
    private final Set<Consumer<E>> complainedOf = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Set before the thread starts. */
    private Runnable delivering = this::deliverAll;

    private boolean closed;
    private boolean started;

    OrderedDelivery(String name, List<Consumer<E>> listeners, Predicate<E> mayBeThinned) {
        this.listeners = List.copyOf(listeners);
        this.mayBeThinned = mayBeThinned;
        this.thread = new Thread(() -> delivering.run(), name);
        this.thread.setDaemon(true);
    }

    synchronized void report(E event) {
        if (closed) {
            return;
        }
        E last = waiting.peekLast();
        if (last != null && mayBeThinned.test(event) && last.getClass() == event.getClass()) {
            waiting.removeLast();
        }
        waiting.addLast(event);
        if (!started) {
            // Runs that wait for their turn have nothing to tell, and so no thread.
            started = true;
            // What listeners log is the run's, as what its own thread logs.
            delivering = LogContext.carriedTo(this::deliverAll);
            thread.start();
        }
        notifyAll();
    }

    private void deliverAll() {
        try {
            for (E event = next(); event != null; event = next()) {
                deliver(event);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable E next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return waiting.pollFirst();
    }

    private void deliver(E event) {
        for (Consumer<E> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException thrown) {
                complain(listener, event, thrown);
            }
        }
    }

    /** Once a listener: one that throws at every event must not fill the host's log. */
    private void complain(Consumer<E> listener, E event, RuntimeException thrown) {
        String name = event.getClass().getSimpleName();
        if (complainedOf.add(listener)) {
            log.warn("A listener threw, and nothing else is harmed. of={} event={}", thread.getName(), name, thrown);
        } else {
            log.debug("A listener threw again. of={} event={}", thread.getName(), name, thrown);
        }
    }

    /** Delivers what waits, for at most five seconds, then ends the thread. Does not wait when a listener calls it. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(LAST_WORDS.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
        }
    }
}
