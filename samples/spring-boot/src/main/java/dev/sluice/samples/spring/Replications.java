// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.api.run.ReplicationState;
import dev.sluice.core.Sluice;
import dev.sluice.micrometer.SluiceMetrics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/** The replications that are configured, each watched as long as the service runs, whether it is set up already or not. */
@Service
class Replications {
    private final Sluice sluice;
    private final SluiceMetrics metrics;
    private final Map<String, ReplicationPlan> plans = new TreeMap<>();
    private final Map<String, Monitor> monitors = new ConcurrentHashMap<>();

    Replications(Sluice sluice, SluiceMetrics metrics, ReplicationsProperties properties) {
        this.sluice = sluice;
        this.metrics = metrics;
        properties.replications().forEach((name, replication) -> plans.put(name, replication.plan()));
    }

    /** Lag, health and both halves of each go into the metrics. Sluice closes the monitors with itself. */
    @EventListener(ApplicationReadyEvent.class)
    void watch() {
        plans.forEach((name, plan) ->
                monitors.put(name, sluice.live(plan).monitor(MonitorSettings.DEFAULTS, metrics.replication(name))));
    }

    /** All plans by their names. */
    Map<String, ReplicationPlan> all() {
        return Map.copyOf(plans);
    }

    /** What the monitor saw last; empty before its first look. */
    Optional<ReplicationState> state(String name) {
        plan(name);
        return Optional.ofNullable(monitors.get(name)).flatMap(Monitor::latest);
    }

    /** The plan of this name. */
    ReplicationPlan plan(String name) {
        ReplicationPlan plan = plans.get(name);
        if (plan == null) {
            throw new NotFoundException("No replication is named " + name);
        }
        return plan;
    }
}
