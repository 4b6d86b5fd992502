// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.SluiceException;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorEvent;
import dev.sluice.api.run.MonitorListener;
import dev.sluice.api.run.ReplicaMove;
import dev.sluice.api.run.ReplicationState;
import dev.sluice.api.run.ReplicationState.Health;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.ReplicaHealth;
import dev.sluice.core.mysql.ReplicaStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at one replica again and again, on a thread of its own, and tells what it sees on another one. */
final class ReplicaMonitor implements Monitor {
    private static final Logger log = LoggerFactory.getLogger(ReplicaMonitor.class);
    private static final Duration LAST_LOOK = Duration.ofSeconds(5);

    private final MonitoredReplica replica;
    private final Duration interval;
    private final Clock clock;
    private final OrderedDelivery<MonitorEvent> delivery;
    private final Cancellation stop;
    private final Consumer<ReplicaMonitor> whenClosed;
    private final Thread thread;
    private volatile @Nullable ReplicationState latest;

    /**
     * Begins to watch.
     *
     * @param stop ends the watching, and kills what it runs on the replica
     * @param whenClosed told once the monitor is closed
     */
    ReplicaMonitor(
            String name,
            MonitoredReplica replica,
            Duration interval,
            Clock clock,
            List<MonitorListener> listeners,
            Cancellation stop,
            Consumer<ReplicaMonitor> whenClosed) {
        this.replica = replica;
        this.interval = interval;
        this.clock = clock;
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
        try (replica) {
            while (!stop.isCancelled()) {
                see(look());
                stop.sleep(interval);
            }
        }
    }

    private ReplicationState look() {
        try {
            Optional<ReplicaMove> move = replica.move(stop);
            ReplicationState now = replica.status()
                    .map(this::state)
                    .orElseGet(() -> new ReplicationState(
                            clock.instant(), Health.NOT_CONFIGURED, null, "no replication is configured"));
            move.ifPresent(what -> delivery.report(new MonitorEvent.ReplicaMoved(now, what)));
            return now;
        } catch (SluiceException failure) {
            replica.reset();
            return unreachable(failure.problems().get(0).what());
        } catch (RuntimeException unexpected) {
            // The watching must go on whatever a server or a connection source of the host's does.
            if (!stop.isCancelled()) {
                log.warn(
                        "A look at the replica failed in a way that nobody thought of. monitor={}",
                        thread.getName(),
                        unexpected);
            }
            replica.reset();
            return unreachable(unexpected.toString());
        }
    }

    private ReplicationState unreachable(String why) {
        return new ReplicationState(clock.instant(), Health.UNREACHABLE, null, why);
    }

    private ReplicationState state(ReplicaStatus status) {
        return new ReplicationState(
                clock.instant(), health(status.health()), status.lag().orElse(null), status.reason());
    }

    private static Health health(ReplicaHealth health) {
        return switch (health) {
            case RUNNING -> Health.RUNNING;
            case CONNECTING -> Health.CONNECTING;
            case RECEIVER_RETRYING, RECEIVER_FAILED, APPLIER_FAILED -> Health.FAILED;
            case RECEIVER_STOPPED, APPLIER_STOPPED, STOPPED -> Health.STOPPED;
        };
    }

    private void see(ReplicationState now) {
        if (stop.isCancelled()) {
            // The look was cut off by the close and says nothing of the replica.
            return;
        }
        ReplicationState before = latest;
        latest = now;
        Health was = before == null ? null : before.health();
        delivery.report(
                was == now.health() ? new MonitorEvent.Observed(now) : new MonitorEvent.HealthChanged(was, now));
    }

    @Override
    public Optional<ReplicationState> latest() {
        return Optional.ofNullable(latest);
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
