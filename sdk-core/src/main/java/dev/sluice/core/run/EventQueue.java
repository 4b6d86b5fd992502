// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to listeners in order on one thread of its own. Whoever reports never waits: what a slow listener cannot keep up
 * with is kept, except that of progress and lag only the newest waits. Thread-safe.
 */
final class EventQueue implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventQueue.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final List<RunListener> listeners;
    private final Deque<RunEvent> waiting = new ArrayDeque<>();
    private final Thread thread;

    /** Used by the delivering thread only. */
    private final Set<RunListener> complainedOf = Collections.newSetFromMap(new IdentityHashMap<>());

    private boolean closed;

    EventQueue(String name, List<RunListener> listeners) {
        this.listeners = List.copyOf(listeners);
        this.thread = new Thread(this::deliverAll, name);
        this.thread.setDaemon(true);
        this.thread.start();
    }

    synchronized void report(RunEvent event) {
        if (closed) {
            return;
        }
        if (mayBeThinned(event) && !waiting.isEmpty() && waiting.peekLast().getClass() == event.getClass()) {
            waiting.removeLast();
        }
        waiting.addLast(event);
        notifyAll();
    }

    private static boolean mayBeThinned(RunEvent event) {
        return event instanceof RunEvent.Progress || event instanceof RunEvent.LagObserved;
    }

    private void deliverAll() {
        try {
            for (RunEvent event = next(); event != null; event = next()) {
                deliver(event);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable RunEvent next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return waiting.pollFirst();
    }

    private void deliver(RunEvent event) {
        for (RunListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException thrown) {
                complain(listener, event, thrown);
            }
        }
    }

    /** Once a listener: one that throws at every event must not fill the host's log. */
    private void complain(RunListener listener, RunEvent event, RuntimeException thrown) {
        String name = event.getClass().getSimpleName();
        if (complainedOf.add(listener)) {
            log.warn("A listener threw and the run goes on. run={} event={}", event.run(), name, thrown);
        } else {
            log.debug("A listener threw again. run={} event={}", event.run(), name, thrown);
        }
    }

    /** Delivers what waits, for at most five seconds, then ends the thread. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
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
