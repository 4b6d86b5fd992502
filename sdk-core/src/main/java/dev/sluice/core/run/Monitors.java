// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorListener;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.api.run.RunId;
import dev.sluice.core.monitor.HeartbeatLedger;
import dev.sluice.core.monitor.Uptime;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.plan.HeartbeatRules;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The open monitors of one Sluice, which closes them with itself. Thread-safe. */
public final class Monitors implements AutoCloseable {
    private final Connectors connectors;
    private final Clock clock;
    private final List<ReplicaMonitor> open = new ArrayList<>();
    private boolean closed;

    public Monitors(Connectors connectors, Clock clock) {
        this.connectors = connectors;
        this.clock = clock;
    }

    /**
     * Watches the replica of a run's plan.
     *
     * @param rescue brings replication back after a failover, if the plan allows it
     * @throws PlanRejectedException if a heartbeat is asked for that the plan does not allow, or keeps from the replica
     */
    Monitor of(
            RunId run,
            CompiledPlan compiled,
            MonitorSettings settings,
            ReplicaRescue rescue,
            MonitorListener... listeners) {
        return open("sluice-monitor-" + run, ServersToWatch.of(connectors, compiled), settings, rescue, listeners);
    }

    /**
     * Watches a replication of which no run is at hand; nothing is brought back after a failover.
     *
     * @throws PlanRejectedException if a heartbeat is asked for that the plan does not allow, or keeps from the replica
     */
    public Monitor of(ReplicationPlan plan, MonitorSettings settings, MonitorListener... listeners) {
        return open(
                "sluice-monitor-" + plan.replica().label(),
                ServersToWatch.of(connectors, plan),
                settings,
                null,
                listeners);
    }

    private Monitor open(
            String name,
            ServersToWatch servers,
            MonitorSettings settings,
            @Nullable ReplicaRescue rescue,
            MonitorListener... listeners) {
        if (settings.heartbeat().isPresent()) {
            HeartbeatRules.requireAllowed(servers.plan());
        }
        synchronized (open) {
            if (closed) {
                throw new IllegalStateException("This Sluice is closed");
            }
            Cancellation stop = new Cancellation();
            ReplicaMonitor monitor = new ReplicaMonitor(
                    name,
                    look(name, servers, settings, rescue, stop),
                    settings.interval(),
                    new AppliedWait(servers, clock),
                    List.of(listeners),
                    stop,
                    this::forget);
            open.add(monitor);
            monitor.start();
            return monitor;
        }
    }

    private MonitorLook look(
            String name,
            ServersToWatch servers,
            MonitorSettings settings,
            @Nullable ReplicaRescue rescue,
            Cancellation stop) {
        Uptime uptime = Uptime.begin();
        MonitoredSource source = servers.source(stop)
                .map(link -> new MonitoredSource(name + "-source", new SourceReader(link, uptime, clock), uptime))
                .orElse(null);
        return new MonitorLook(
                new MonitoredReplica(servers.replica(stop), failovers(servers.plan(), rescue)),
                source,
                heartbeat(name, servers, settings, uptime, stop),
                settings,
                uptime,
                clock);
    }

    private static @Nullable HeartbeatWriter heartbeat(
            String name, ServersToWatch servers, MonitorSettings settings, Uptime uptime, Cancellation stop) {
        if (settings.heartbeat().isEmpty()) {
            return null;
        }
        HeartbeatWriter writer = new HeartbeatWriter(
                name + "-heartbeat",
                servers.source(stop).orElseThrow(),
                settings.heartbeat().get(),
                uptime,
                new HeartbeatLedger(),
                stop);
        writer.start();
        return writer;
    }

    private Optional<MonitorFailovers> failovers(Plan watched, @Nullable ReplicaRescue rescue) {
        ReplicaEndpoint replica = watched.replica();
        boolean allowed = watched instanceof ReplicationPlan plan && plan.allows(Consent.REPOINT_BY_MONITOR);
        return connectors
                .engines()
                .of(replica)
                .failovers()
                .map(known -> new MonitorFailovers(
                        new FailoverSigns(known, replica, connectors.address(replica), clock),
                        replica.label(),
                        allowed ? Optional.ofNullable(rescue) : Optional.empty(),
                        clock));
    }

    private void forget(ReplicaMonitor monitor) {
        synchronized (open) {
            open.remove(monitor);
        }
    }

    @Override
    public void close() {
        List<ReplicaMonitor> still;
        synchronized (open) {
            closed = true;
            still = List.copyOf(open);
        }
        still.forEach(ReplicaMonitor::close);
    }
}
