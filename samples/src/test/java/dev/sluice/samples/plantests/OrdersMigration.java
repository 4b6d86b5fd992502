// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.plantests;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.plan.ReplicationPlan;
import java.time.Duration;

/** The code that is tested: your own, which makes a plan. It knows nothing of tests. */
final class OrdersMigration {
    private final SourceEndpoint source;
    private final ReplicaEndpoint replica;

    OrdersMigration(SourceEndpoint source, ReplicaEndpoint replica) {
        this.source = source;
        this.replica = replica;
    }

    ReplicationPlan plan() {
        return ReplicationPlan.from(source)
                .to(replica)
                .databases("orders", "billing")
                .retainBinlogs(Duration.ofHours(144));
    }
}
