// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.plan.Seed;

/**
 * The ways to snapshot an Aurora source, for {@code ReplicationPlan.seedWith(…)}. The first two make a copy of the cluster with one writer, which tells
 * in an event where the source's binary log stood at the moment of the copy; the rows are read from there, so that nothing is locked on the
 * source, nor read from it.
 *
 * <p><b>Effect:</b> a cluster and an instance {@code sluice-<run>} with the tag {@code sluice-run}, of the source's version, parameter group,
 * network and instance class; deleted as soon as the load is done, on cancel and on abandon. They cost as much as any while they live.
 * <b>Needs:</b> no enabled event in the source's databases, because the copy's scheduler would run it before the rows are read. <b>Without
 * clients</b> of the RDS API a person makes the copy by the commands that the run shows, tells what the event says, which the copy's own log has to
 * prove, and removes the copy when the run asks for that.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Replication.MySQL.SettingUp.html">AWS: a snapshot of
 *     the replication source</a>
 */
public final class AuroraSeed {
    /** A cluster snapshot, restored. Works across time; takes as long as a snapshot and a restore do. */
    public static final Seed CLUSTER_SNAPSHOT = new Seed("cluster-snapshot");

    /** A clone that shares its pages with the source until either changes them: minutes, however large the cluster is. */
    public static final Seed CLUSTER_CLONE = new Seed("cluster-clone");

    /**
     * A read replica in another region, which AWS makes, loads, lets follow the source and looks after: for {@link AuroraMySql#newReadReplica}, which
     * has no other way, so that a plan need not name it.
     */
    public static final Seed READ_REPLICA = new Seed("read-replica");

    private AuroraSeed() {}
}
