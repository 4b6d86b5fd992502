// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorEvent;
import dev.sluice.api.run.MonitorListener;
import dev.sluice.api.run.ReplicationHealth;
import dev.sluice.api.run.ReplicationState;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks at one replication again and again, on a thread of its own, and tells what it sees on another one. */
final class ReplicaMonitor implements Monitor {
    private static final Duration LAST_LOOK = Duration.ofSeconds(5);

    private final MonitorLook look;
    private final Duration interval;
    private final AppliedWait wait;
    private final OrderedDelivery<MonitorEvent> delivery;
    private final Cancellation stop;
    private final Consumer<ReplicaMonitor> whenClosed;
    private final Thread thread;

    /** Used by the looking thread only. */
    private final Map<String, ReplicationHealth> told = new HashMap<>();

    private volatile List<ReplicationState> latest = List.of();

    /**
     * Begins nothing yet.
     *
     * @param look closed with this
     * @param wait how it is waited for the replica
     * @param stop ends the watching, and kills what it runs on the servers
     * @param whenClosed told once the monitor is closed
     */
    ReplicaMonitor(
            String name,
            MonitorLook look,
            Duration interval,
            AppliedWait wait,
            List<MonitorListener> listeners,
            Cancellation stop,
            Consumer<ReplicaMonitor> whenClosed) {
        this.look = look;
        this.interval = interval;
        this.wait = wait;
        this.stop = stop;
        this.whenClosed = whenClosed;
        this.delivery = new OrderedDelivery<>(
                name + "-events",
                listeners.stream()
                        .<Consumer<MonitorEvent>>map(listener -> listener::onEvent)
                        .toList(),
                event -> event instanceof MonitorEvent.Observed);
        this.thread = new Thread(this::watch, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void watch() {
        try (look) {
            while (!stop.isCancelled()) {
                see(look.look(stop));
                stop.sleep(interval);
            }
        }
    }

    private void see(MonitorLook.Seen seen) {
        if (stop.isCancelled()) {
            // The look was cut off by the close and says nothing of the replica.
            return;
        }
        latest = seen.channels();
        ReplicationState own = seen.channels().get(0);
        seen.move().ifPresent(move -> delivery.report(new MonitorEvent.ReplicaMoved(own, move)));
        for (ReplicationState state : seen.channels()) {
            ReplicationHealth before = told.put(state.channel(), state.health());
            if (before != state.health()) {
                delivery.report(new MonitorEvent.HealthChanged(before, state));
            } else if (state.channel().equals(own.channel())) {
                delivery.report(new MonitorEvent.Observed(state));
            }
        }
    }

    @Override
    public Optional<ReplicationState> latest() {
        return channels().stream().findFirst();
    }

    @Override
    public List<ReplicationState> channels() {
        return latest;
    }

    @Override
    public void awaitCatchUp(Duration maxLag, Duration limit) throws InterruptedException {
        await(() -> wait.catchUp(maxLag, limit, stop));
    }

    @Override
    public void awaitPosition(Coordinates coordinates, Duration limit) throws InterruptedException {
        await(() -> wait.position(coordinates, limit, stop));
    }

    private void await(Runnable waiting) throws InterruptedException {
        try {
            waiting.run();
        } catch (CancelledException ended) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new IllegalStateException("This monitor was closed", ended);
        }
    }

    @Override
    public void close() {
        stop.cancel();
        whenClosed.accept(this);
        if (Thread.currentThread() != thread) {
            try {
                thread.join(LAST_LOOK.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        delivery.close();
    }
}
