// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import dev.sluice.testservers.TestServerException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server's own writing in the background, until it is closed. Thread-safe. */
public final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final DressedServer server;
    private final Duration every;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicLong beats = new AtomicLong();
    private final Thread thread;

    private Heartbeat(DressedServer server, Duration every) {
        this.server = server;
        this.every = every;
        this.thread = new Thread(this::beat, "heartbeat-" + server.port());
        this.thread.setDaemon(true);
    }

    static Heartbeat of(DressedServer server, Duration every) {
        Heartbeat heartbeat = new Heartbeat(server, every);
        heartbeat.thread.start();
        return heartbeat;
    }

    private void beat() {
        try {
            do {
                beatOnce();
            } while (!over.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A server that is down, or changes its role, goes on beating when it is back. */
    private void beatOnce() {
        try {
            server.beat();
            beats.incrementAndGet();
        } catch (TestServerException down) {
            LOG.debug("{} does not beat now", server, down);
        }
    }

    /** How often the server has written so far. */
    public long beats() {
        return beats.get();
    }

    /** Ends it after the beat that is under way. */
    @Override
    public void close() {
        over.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
