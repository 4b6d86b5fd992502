// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.plan.Seed;

/** The ways to snapshot an RDS source, for {@code ReplicationPlan.seedWith(…)}. */
public final class RdsSeed {
    /**
     * A read replica of the source that is made for the run, whose replication is stopped once it runs. What it has applied of the source's
     * binary log are the coordinates, and the rows are read from it: nothing is locked on the source, nor read from it.
     *
     * <p><b>Effect:</b> an instance {@code sluice-<run>} of the source's class, with the tag {@code sluice-run}, its security groups and
     * parameter group; deleted as soon as the load is done, on cancel and on abandon. On an instance that is not Multi-AZ its making suspends
     * I/O for up to a minute. Costs as much as any instance while it lives. <b>Needs:</b> automated backups on the source; of AWS
     * {@code rds:CreateDBInstanceReadReplica}, {@code rds:DeleteDBInstance}, {@code rds:DescribeDBInstances} and
     * {@code rds:AddTagsToResource}.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html">AWS: read replicas</a>
     */
    public static final Seed TEMPORARY_READ_REPLICA = new Seed("temporary-read-replica");

    /**
     * A snapshot of such a read replica while it stands still, restored as the replica itself: no row is copied. Only for a replica that the
     * plan creates: {@code RdsMySql.newInstance(…)}.
     *
     * <p><b>Effect:</b> as of {@link #TEMPORARY_READ_REPLICA}, and a DB snapshot {@code sluice-<run>} with the tag {@code sluice-run}; both
     * deleted again. <b>Needs:</b> an engine with clients; of AWS {@code rds:CreateDBSnapshot}, {@code rds:DeleteDBSnapshot},
     * {@code rds:DescribeDBSnapshots} and {@code rds:RestoreDBInstanceFromDBSnapshot} besides; no enabled event on the source, which would
     * run on its copy.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html">AWS: restoring to a DB instance</a>
     */
    public static final Seed DB_SNAPSHOT = new Seed("db-snapshot");

    private RdsSeed() {}
}
