// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A failover: another instance becomes the cluster's writer, connections to the old one break, the volume and its logs stay. */
final class Failover {
    private Failover() {}

    static void begin(ApiCluster cluster, @Nullable String target) {
        ApiInstance next = next(cluster, target);
        ApiRegion region = cluster.region();
        region.event(cluster, "Started cross AZ failover to DB instance: " + next.id(), "failover");
        cluster.show("failing-over");
        cluster.course().then(() -> cluster.show("failing-over"), () -> move(cluster, next));
        cluster.course().then(() -> {
            region.event(cluster, "Completed failover to DB instance: " + next.id(), "failover");
            cluster.show(ApiInstance.AVAILABLE);
        });
    }

    private static ApiInstance next(ApiCluster cluster, @Nullable String target) {
        return cluster.members().stream()
                .filter(member -> !cluster.isWriter(member))
                .filter(member -> target == null || member.id().equals(target))
                .findFirst()
                .orElseThrow(() -> ApiRefusal.of(
                        "InvalidDBClusterStateFault",
                        "DB cluster " + cluster.id() + " has no reader " + (target == null ? "" : target + " ")
                                + "that could be its writer"));
    }

    private static void move(ApiCluster cluster, ApiInstance next) {
        var watchers = cluster.newWriter(next);
        cluster.machine().ifPresent(machine -> machine.restart(cluster.settings()));
        for (Consumer<ApiInstance> watcher : watchers) {
            watcher.accept(next);
        }
    }
}
