// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.api.run.ReplicationHealth;
import dev.sluice.api.run.ReplicationState;
import dev.sluice.core.LiveReplication;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicationThread;
import dev.sluice.testing.front.FaultFront;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A replication that runs, whose replica reaches its source by a front, and whose halves can be stopped. */
final class WatchedPair implements AutoCloseable {
    static final Duration OFTEN = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Pair pair;
    private final FaultFront link;
    private final ReplicationPlan plan;
    private final Dialect dialect;

    /** Sets the replication up, with the table for heartbeats or without. */
    WatchedPair(Pair pair, Heartbeats heartbeats) throws InterruptedException {
        this.pair = pair;
        this.link = FaultFront.to(pair.source().host(), pair.source().port());
        this.dialect = Dialect.of(ServerVersion.parse(Objects.requireNonNull(
                pair.replica().query("SELECT VERSION()").get(0).get(0))));
        pair.source()
                .execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT AUTO_INCREMENT PRIMARY KEY, v TEXT)");
        this.plan = heartbeats.on(pair, allowing(pair, link));
        pair.sluice().start(pair.sluice().compile(plan)).await();
    }

    private static ReplicationPlan allowing(Pair pair, FaultFront link) {
        ReplicationPlan plan = ReplicationPlan.from(
                        pair.sourceEndpoint().reachableByReplicaAt(link.host(), link.port()))
                .to(pair.replicaEndpoint());
        if (pair.replica().release() == MySqlRelease.MYSQL_5_7) {
            plan = plan.allowPlainText().allowReplicaBinlogReset();
        }
        return plan;
    }

    /** Whether there are heartbeats. */
    enum Heartbeats {
        NONE {
            @Override
            ReplicationPlan on(Pair pair, ReplicationPlan plan) {
                return plan;
            }
        },
        ALLOWED {
            @Override
            ReplicationPlan on(Pair pair, ReplicationPlan plan) throws InterruptedException {
                ReplicationPlan allowing = plan.allowHeartbeat();
                pair.sluice()
                        .start(pair.sluice().compile(dev.sluice.api.plan.HeartbeatPlan.create(allowing)))
                        .await();
                return allowing;
            }
        };

        abstract ReplicationPlan on(Pair pair, ReplicationPlan plan) throws InterruptedException;
    }

    Pair pair() {
        return pair;
    }

    MySqlServer source() {
        return pair.source();
    }

    MySqlServer replica() {
        return pair.replica();
    }

    /** Between the replica and its source. */
    FaultFront link() {
        return link;
    }

    ReplicationPlan plan() {
        return plan;
    }

    Dialect dialect() {
        return dialect;
    }

    LiveReplication live() {
        return pair.sluice().live(plan);
    }

    Monitor monitor(MonitorSettings settings) {
        return live().monitor(settings);
    }

    void start(ReplicationThread half) {
        replica().execute(dialect.start(half, ""));
    }

    void stop(ReplicationThread half) {
        replica().execute(dialect.stop(half, ""));
    }

    /** Changes options of the channel, in current words, while both halves stand still. */
    void change(String option, String value) {
        String verb = dialect.option("SOURCE_HOST").startsWith("SOURCE")
                ? "CHANGE REPLICATION SOURCE TO "
                : "CHANGE MASTER TO ";
        replica()
                .execute(
                        dialect.stopReplica(""),
                        verb + dialect.option(option) + " = " + value,
                        dialect.startReplica(""));
    }

    /** Waits for a health, and returns how long that took. */
    static Duration await(Monitor monitor, ReplicationHealth expected) {
        long began = System.nanoTime();
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> monitor.latest()
                            .filter(state -> state.health() == expected)
                            .isPresent());
        } catch (ConditionTimeoutException never) {
            throw new AssertionError("Never " + expected + ", now " + monitor.latest(), never);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** What a monitor saw last, once it is like this. */
    static ReplicationState stateOnce(Monitor monitor, ReplicationHealth expected) {
        await(monitor, expected);
        return monitor.latest().orElseThrow();
    }

    @Override
    public void close() {
        pair.close();
        link.close();
    }
}
