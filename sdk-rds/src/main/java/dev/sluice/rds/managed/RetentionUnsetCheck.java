// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/**
 * Whether AWS keeps a managed source's binary logs for the replica. Without a retention it removes them as soon as it needs them no more
 * itself, on RDS within minutes. Replicas of its own it waits for.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-configuring.html">AWS:
 *     mysql.rds_set_configuration</a>
 */
final class RetentionUnsetCheck implements Check {
    @Override
    public String id() {
        return "binlog-retention-unset";
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public ErrorCode code() {
        return ManagedErrorCode.RETENTION_UNSET;
    }

    @Override
    public List<Finding> examine(LiveContext context) {
        ServerFacts source = context.source();
        boolean concerned = context.replication().lastStep().compareTo(GuideStep.ENABLE_REPLICATION) >= 0
                && context.replication().binlogRetention().isEmpty()
                && context.replication().replica().providersAccount().isEmpty();
        return concerned && RetentionConfiguration.retentionHours(source).isEmpty()
                ? List.of(new Finding(
                        id(),
                        level(),
                        Problem.of(
                                code(),
                                "The source " + source.address()
                                        + " has no binlog retention hours, and the plan sets none")))
                : List.of();
    }
}
