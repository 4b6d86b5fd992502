// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.run.Figure;
import dev.sluice.api.run.LagRange;
import dev.sluice.api.run.MonitorEvent;
import dev.sluice.api.run.ReplicationHealth;
import dev.sluice.api.run.ReplicationLag;
import dev.sluice.api.run.ReplicationState;
import dev.sluice.api.run.ReplicationState.Half;
import dev.sluice.api.run.ReplicationState.Halves;
import dev.sluice.api.run.ReplicationState.Positions;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a monitor's observations come to in a registry. */
class ReplicationMetricsTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final ReplicationLag BEHIND = new ReplicationLag(
            new LagRange(Duration.ofMillis(400), Duration.ofMillis(600)),
            new LagRange(Duration.ofSeconds(1), null),
            Duration.ofSeconds(2),
            Figure.of(7),
            Figure.of(4096),
            Figure.of(0));

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final SluiceMetrics metrics = SluiceMetrics.in(registry);
    private final ReplicationMetrics orders = metrics.replication("orders");

    static ReplicationState state(String channel, ReplicationHealth health, Halves halves, ReplicationLag lag) {
        return new ReplicationState(AT, channel, health, AT, "seen", halves, lag, Positions.UNKNOWN);
    }

    private double shown(Metric metric, String... tags) {
        return registry.get(metric.id())
                .tag("replication", "orders")
                .tags(tags)
                .gauge()
                .value();
    }

    @Test
    void nothingIsClaimedBeforeTheFirstLook() {
        assertThat(shown(Metric.REPLICATION_LAG, "by", "best")).isNaN();
        assertThat(shown(Metric.REPLICATION_THREAD, "thread", "applier")).isNaN();
        assertThat(shown(Metric.REPLICATION_LOOK_AGE)).isNaN();
        assertThat(shown(Metric.REPLICATION_HEALTH, "health", "in_time")).isZero();
    }

    @Test
    void lagIsToldByEachMeasureAndBothHalvesAreSeen() {
        orders.onEvent(new MonitorEvent.Observed(
                state("", ReplicationHealth.CATCHING_UP, new Halves(Half.CONNECTING, Half.RUNNING), BEHIND)));

        assertThat(shown(Metric.REPLICATION_LAG, "by", "heartbeat")).isEqualTo(0.5);
        assertThat(shown(Metric.REPLICATION_LAG, "by", "position")).isEqualTo(1);
        assertThat(shown(Metric.REPLICATION_LAG, "by", "server")).isEqualTo(2);
        assertThat(shown(Metric.REPLICATION_LAG, "by", "best")).isEqualTo(0.5);
        assertThat(shown(Metric.REPLICATION_LAG_TRANSACTIONS)).isEqualTo(7);
        assertThat(shown(Metric.REPLICATION_LAG_BYTES)).isEqualTo(4096);
        assertThat(shown(Metric.REPLICATION_HEALTH, "health", "catching_up", "concern", "passing"))
                .isEqualTo(1);
        assertThat(shown(Metric.REPLICATION_HEALTH, "health", "in_time", "concern", "fine"))
                .isZero();
        assertThat(shown(Metric.REPLICATION_THREAD, "thread", "receiver")).isZero();
        assertThat(shown(Metric.REPLICATION_THREAD, "thread", "applier")).isEqualTo(1);
    }

    @Test
    void whatIsNotKnownIsNoNumber() {
        orders.onEvent(new MonitorEvent.HealthChanged(
                null,
                state("", ReplicationHealth.REPLICA_UNREACHABLE, Halves.UNKNOWN, ReplicationLag.unknown("away"))));

        assertThat(shown(Metric.REPLICATION_LAG, "by", "best")).isNaN();
        assertThat(shown(Metric.REPLICATION_LAG_BYTES)).isNaN();
        assertThat(shown(Metric.REPLICATION_THREAD, "thread", "receiver")).isNaN();
        assertThat(shown(Metric.REPLICATION_HEALTH, "health", "replica_unreachable"))
                .isEqualTo(1);
    }

    @Test
    void otherChannelsOfTheReplicaDoNotCount() {
        Halves running = new Halves(Half.RUNNING, Half.RUNNING);
        orders.onEvent(new MonitorEvent.Observed(state("", ReplicationHealth.IN_TIME, running, BEHIND)));
        orders.onEvent(new MonitorEvent.HealthChanged(
                null, state("reports", ReplicationHealth.STOPPED, Halves.UNKNOWN, BEHIND)));

        assertThat(shown(Metric.REPLICATION_HEALTH, "health", "in_time")).isEqualTo(1);
        assertThat(shown(Metric.REPLICATION_HEALTH, "health", "stopped")).isZero();
    }

    @Test
    void anOldLookIsSeenAsOld() {
        orders.onEvent(new MonitorEvent.Observed(state("", ReplicationHealth.IN_TIME, Halves.UNKNOWN, BEHIND)));
        clock.add(Duration.ofSeconds(90));

        assertThat(shown(Metric.REPLICATION_LOOK_AGE)).isEqualTo(90);
    }

    @Test
    void failoversAreCounted() {
        orders.onEvent(new MonitorEvent.ReplicaMoved(
                state("", ReplicationHealth.IN_TIME, Halves.UNKNOWN, BEHIND), Events.move()));

        assertThat(registry.get(Metric.REPLICATION_MOVES.id())
                        .tags("replication", "orders", "outcome", "started")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aNameIsTakenUntilItIsClosed() {
        assertThatThrownBy(() -> metrics.replication("orders")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> metrics.replication(" ")).isInstanceOf(IllegalArgumentException.class);
        orders.close();
        orders.close();
        assertThat(registry.find(Metric.REPLICATION_LAG.id()).meters()).isEmpty();

        metrics.replication("orders");

        assertThat(registry.find(Metric.REPLICATION_LAG.id()).meters()).hasSize(4);
    }
}
