// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorListener;
import dev.sluice.api.run.RunId;
import dev.sluice.core.mysql.Cancellation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
     */
    Monitor of(
            RunId run, CompiledPlan compiled, Duration interval, ReplicaRescue rescue, MonitorListener... listeners) {
        if (interval.compareTo(Monitor.SHORTEST_INTERVAL) < 0 || interval.compareTo(Monitor.LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException("A monitor looks every " + Monitor.SHORTEST_INTERVAL + " to "
                    + Monitor.LONGEST_INTERVAL + ", not every " + interval);
        }
        synchronized (open) {
            if (closed) {
                throw new IllegalStateException("This Sluice is closed");
            }
            Cancellation stop = new Cancellation();
            ReplicaMonitor monitor = new ReplicaMonitor(
                    "sluice-monitor-" + run,
                    new MonitoredReplica(RunServers.replica(connectors, compiled, stop), failovers(compiled, rescue)),
                    interval,
                    clock,
                    List.of(listeners),
                    stop,
                    this::forget);
            open.add(monitor);
            monitor.start();
            return monitor;
        }
    }

    private Optional<MonitorFailovers> failovers(CompiledPlan compiled, ReplicaRescue rescue) {
        ReplicaEndpoint replica = compiled.plan().replica();
        boolean allowed = compiled.plan() instanceof ReplicationPlan plan && plan.allows(Consent.REPOINT_BY_MONITOR);
        return connectors
                .engines()
                .of(replica)
                .failovers()
                .map(known -> new MonitorFailovers(
                        new FailoverSigns(known, replica, connectors.address(replica), clock),
                        replica.label(),
                        allowed ? Optional.of(rescue) : Optional.empty(),
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
