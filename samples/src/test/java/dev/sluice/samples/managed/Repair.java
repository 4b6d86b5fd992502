// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.samples.managed.ManagedServers.Member;

/** The ways to leave changes out by which a managed replica is stuck. */
enum Repair {
    SKIP_ERROR(Asked.skippingError()),
    SKIP_TRANSACTION(Asked.skippingTransaction("3e11fa47-71ca-11e1-9e33-c80aa9429562:7")),
    NEXT_LOG(Asked.leavingLog(1));

    @SuppressWarnings("ImmutableEnumChecker") // a record of options, which are immutable
    private final Asked asked;

    Repair(Asked asked) {
        this.asked = asked;
    }

    /** Replicates, lets the replica get stuck, and plans to have it repaired. */
    ReplicationPlan stuck(ManagedWorld world, Member source, Member replica) throws InterruptedException {
        source.server().execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY)");
        world.sluice()
                .start(world.sluice().compile(world.plan(source, replica)))
                .await();
        Stuck.atRow(source.server(), replica.server(), 4);
        return asked.plan(source, replica).until(GuideStep.ENABLE_REPLICATION);
    }
}
