// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All state: the regions of all accounts. It is its own lock. */
final class World {
    private final Timeline timeline;
    private final Machines machines;
    private final ServerCare care;
    private final Set<Unsure> unsure;
    private final Map<String, ApiRegion> regions = new TreeMap<>();
    private final List<Machine> own = new ArrayList<>();
    private final List<RuntimeException> breakdowns = new ArrayList<>();
    private int lastNumber;

    World(@Nullable Duration stage, Machines machines, ServerCare care, Set<Unsure> unsure) {
        this.timeline = new Timeline(this, stage);
        this.machines = machines;
        this.care = care;
        this.unsure = Set.copyOf(unsure);
    }

    Timeline timeline() {
        return timeline;
    }

    Machines machines() {
        return machines;
    }

    boolean is(Unsure behaviour) {
        return unsure.contains(behaviour);
    }

    ServerCare care() {
        return care;
    }

    synchronized ApiRegion region(String account, String name) {
        return regions.computeIfAbsent(account + "/" + name, absent -> new ApiRegion(this, account, name));
    }

    /** The region that an ARN names; the given one for mere identifiers. */
    ApiRegion regionOf(String idOrArn, ApiRegion here) {
        String[] parts = idOrArn.split(":");
        return idOrArn.startsWith("arn:") && parts.length > 4 ? region(parts[4], parts[3]) : here;
    }

    /** The identifier that an ARN ends with; the same for mere identifiers. */
    static String idOf(String idOrArn) {
        return (idOrArn.startsWith("arn:") ? idOrArn.substring(idOrArn.lastIndexOf(':') + 1) : idOrArn)
                .toLowerCase(Locale.ROOT);
    }

    synchronized List<ApiInstance> allInstances() {
        return regions.values().stream()
                .flatMap(region -> region.instances().stream())
                .toList();
    }

    synchronized List<ApiCluster> allClusters() {
        return regions.values().stream()
                .flatMap(region -> region.clusters().stream())
                .toList();
    }

    synchronized int nextNumber() {
        return ++lastNumber;
    }

    /** Sees to it that a machine ends with this. */
    synchronized Machine owning(Machine machine) {
        own.add(machine);
        return machine;
    }

    /** Ends a machine before this does. */
    void end(Machine machine) {
        synchronized (this) {
            own.remove(machine);
        }
        machine.close();
    }

    synchronized void brokeDown(RuntimeException failure) {
        breakdowns.add(failure);
    }

    synchronized void forgetBreakdowns() {
        breakdowns.clear();
    }

    synchronized List<RuntimeException> breakdowns() {
        return List.copyOf(breakdowns);
    }

    void close() {
        timeline.close();
        List<Machine> ending;
        synchronized (this) {
            ending = List.copyOf(own);
            regions.values().forEach(ApiRegion::dropImages);
        }
        ending.forEach(Machine::close);
    }
}
