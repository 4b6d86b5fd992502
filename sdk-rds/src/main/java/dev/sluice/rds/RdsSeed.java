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

    private RdsSeed() {}
}
