// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/**
 * What AWS's pages leave open or say in two ways. Each is switched on by {@link AwsApi.Builder#with}; what is written for AWS should work
 * both ways. Immutable and thread-safe.
 */
public enum Unsure {
    /**
     * On RDS for MySQL {@code binlog_format} needs a reboot, as AWS's page on log formats says. Otherwise it is dynamic, as the server's
     * variable is.
     */
    RDS_BINLOG_FORMAT_IS_STATIC,
    /** A parameter group that is attached counts at once if it holds no static parameter. Otherwise every first attachment waits for a reboot. */
    ATTACHED_GROUP_WITHOUT_STATIC_PARAMETERS_IS_IN_SYNC,
    /** A cluster restored from a snapshot of an RDS instance tells a position, too, though AWS's recipes speak of Aurora's own only. */
    MIGRATED_CLUSTER_TELLS_POSITION,
    /** A cluster that is promoted is restarted, as an instance of RDS is; AWS's pages on clusters say nothing of it. */
    PROMOTED_CLUSTER_RESTARTS
}
