// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import dev.sluice.api.run.Figure;
import dev.sluice.api.run.LagRange;
import dev.sluice.api.run.MonitorEvent;
import dev.sluice.api.run.MonitorListener;
import dev.sluice.api.run.ReplicaMove;
import dev.sluice.api.run.ReplicationHealth;
import dev.sluice.api.run.ReplicationLag;
import dev.sluice.api.run.ReplicationState;
import dev.sluice.api.run.ReplicationState.Half;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gauges of one replication, as its monitor sees it: lag, health, both halves. Only the plan's channel counts. Made by
 * {@link SluiceMetrics#replication}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ReplicationMetrics implements MonitorListener, AutoCloseable {
    private static final String PLANS_CHANNEL = "";

    private final String name;
    private final Meters meters;
    private final Consumer<String> whenClosed;
    private volatile @Nullable Seen latest;
    private volatile boolean closed;

    ReplicationMetrics(String name, Meters meters, Consumer<String> whenClosed) {
        this.name = name;
        this.meters = meters;
        this.whenClosed = whenClosed;
    }

    /**
     * What a look has shown.
     *
     * @param at milliseconds by the registry's clock
     */
    private record Seen(ReplicationState state, long at) {}

    void begin() {
        lag("best", ReplicationLag::best);
        lag("heartbeat", lag -> lag.byHeartbeat().map(LagRange::estimate));
        lag("position", lag -> lag.byPosition().map(LagRange::estimate));
        lag("server", ReplicationLag::byServer);
        gauge(Metric.REPLICATION_LAG_TRANSACTIONS, state -> figure(state.lag().transactions()));
        gauge(Metric.REPLICATION_LAG_BYTES, state -> figure(state.lag().bytes()));
        for (ReplicationHealth health : ReplicationHealth.values()) {
            meters.gauge(
                    Metric.REPLICATION_HEALTH,
                    this,
                    own -> own.is(health) ? 1 : 0,
                    name,
                    Meters.value(health),
                    Meters.value(health.concern()));
        }
        gauge(Metric.REPLICATION_THREAD, state -> half(state.halves().receiver()), "receiver");
        gauge(Metric.REPLICATION_THREAD, state -> half(state.halves().applier()), "applier");
        meters.gauge(Metric.REPLICATION_LOOK_AGE, this, ReplicationMetrics::lookAge, name);
        for (ReplicaMove.Outcome outcome : ReplicaMove.Outcome.values()) {
            meters.counter(Metric.REPLICATION_MOVES, name, Meters.value(outcome));
        }
    }

    private void lag(String by, Function<ReplicationLag, Optional<Duration>> measure) {
        gauge(
                Metric.REPLICATION_LAG,
                state -> measure.apply(state.lag())
                        .map(lag -> lag.toMillis() / 1000.0)
                        .orElse(Double.NaN),
                by);
    }

    private void gauge(Metric metric, ToDoubleFunction<ReplicationState> figure, String... tag) {
        String[] values = tag.length == 0 ? new String[] {name} : new String[] {name, tag[0]};
        meters.gauge(
                metric,
                this,
                own -> {
                    Seen seen = own.latest;
                    return seen == null ? Double.NaN : figure.applyAsDouble(seen.state());
                },
                values);
    }

    private static double figure(Figure figure) {
        return figure.value().isPresent() ? figure.value().getAsLong() : Double.NaN;
    }

    private static double half(Half half) {
        return switch (half) {
            case RUNNING -> 1;
            case CONNECTING, STOPPED -> 0;
            case UNKNOWN -> Double.NaN;
        };
    }

    private boolean is(ReplicationHealth health) {
        Seen seen = latest;
        return seen != null && seen.state().health() == health;
    }

    private double lookAge() {
        Seen seen = latest;
        return seen == null ? Double.NaN : (meters.now() - seen.at()) / 1000.0;
    }

    @Override
    public void onEvent(MonitorEvent event) {
        if (closed || !event.now().channel().equals(PLANS_CHANNEL)) {
            return;
        }
        latest = new Seen(event.now(), meters.now());
        if (event instanceof MonitorEvent.ReplicaMoved moved) {
            meters.counter(
                            Metric.REPLICATION_MOVES,
                            name,
                            Meters.value(moved.move().outcome()))
                    .increment();
        }
    }

    /** Takes the gauges out of the registry; the monitor is not closed by it. Without effect the second time. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            meters.close();
            whenClosed.accept(name);
        }
    }
}
