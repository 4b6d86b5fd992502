// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.core.mysql.MySqlSession;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Keeps readers alive that have nothing to do: servers close idle sessions, and so do routers on the way, many of them after
 * 350 s. Only a reader at rest is touched; who reads without units is not disturbed. Thread-safe.
 */
final class SnapshotKeeper implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final ScheduledThreadPoolExecutor timer;
    private final IdentityHashMap<MySqlSession, Place> places = new IdentityHashMap<>();

    SnapshotKeeper(List<MySqlSession> readers) {
        this(readers, EVERY);
    }

    SnapshotKeeper(List<MySqlSession> readers, Duration every) {
        readers.forEach(reader -> places.put(reader, new Place(reader)));
        timer = new ScheduledThreadPoolExecutor(1, Threads.named("sluice-snapshot-keeper"));
        // Failed pings are kept by their place; the timer itself ends with the keeper.
        var unused = timer.scheduleWithFixedDelay(this::ping, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void ping() {
        places.values().forEach(Place::ping);
    }

    void takeFromRest(MySqlSession reader) {
        place(reader).rests(false);
    }

    void layToRest(MySqlSession reader) {
        place(reader).rests(true);
    }

    private Place place(MySqlSession reader) {
        Place place = places.get(reader);
        if (place == null) {
            throw new IllegalArgumentException("Not a reader of this snapshot: " + reader);
        }
        return place;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        places.values().forEach(Place::close);
    }

    /** One reader. What happens at rest happens under its lock, so that a unit begins when a ping has ended. */
    private static final class Place {
        private final MySqlSession reader;
        private boolean atRest;

        Place(MySqlSession reader) {
            this.reader = reader;
        }

        synchronized void rests(boolean now) {
            atRest = now;
        }

        synchronized void ping() {
            if (atRest) {
                // A reader that is gone shows at its next unit, with what was lost.
                reader.isAlive(ANSWER);
            }
        }

        synchronized void close() {
            if (atRest) {
                reader.close();
            } else {
                // Closing would wait until the rows of a running read have come.
                reader.abort();
            }
            atRest = false;
        }
    }
}
