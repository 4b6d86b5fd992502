// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ShownFilter;
import java.util.List;

/**
 * Whether what a managed source writes into its own {@link HeartbeatRow} gets through to a managed replica that cannot apply it. Only plans
 * about everything let it through.
 */
final class HeartbeatCheck implements Check {
    @Override
    public String id() {
        return "heartbeat-row";
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public ErrorCode code() {
        return ManagedErrorCode.HEARTBEAT_GETS_THROUGH;
    }

    @Override
    public List<Finding> examine(LiveContext context) {
        if (!context.replication().scope().isEverything()
                || context.replication().lastStep().compareTo(GuideStep.ENABLE_REPLICATION) < 0
                || context.replica().isExpected()) {
            return List.of();
        }
        HeartbeatRow source = HeartbeatRow.read(context.sourceSession());
        HeartbeatRow replica = HeartbeatRow.read(context.replicaSession());
        if (source == HeartbeatRow.NOT_SEEN
                && context.source().routine("rds_show_configuration").isPresent()) {
            return List.of(finding(Level.WARNING, context, source, replica));
        }
        if (!HeartbeatRow.isStopping(source, replica) || isLeftOut(context)) {
            return List.of();
        }
        return List.of(finding(levelOf(context), context, source, replica));
    }

    /** A plan that sets the filter itself says so; a replica that follows already may get its row before the source's next change. */
    private static Level levelOf(LiveContext context) {
        if (HeartbeatRow.isInTheWay(context)) {
            return Level.NOTE;
        }
        return context.alreadyReplicating() ? Level.WARNING : Level.ERROR;
    }

    private static boolean isLeftOut(LiveContext context) {
        return ShownFilter.read(
                        context.replicaSession(), Dialect.of(context.replica().version()), Channel.NAME)
                .filter(filter -> filter.leavesOut(HeartbeatRow.TABLE))
                .isPresent();
    }

    private Finding finding(Level level, LiveContext context, HeartbeatRow source, HeartbeatRow replica) {
        String evidence = HeartbeatRow.evidence(context, source, replica);
        return new Finding(
                id(),
                level,
                level == Level.NOTE
                        ? Problem.of(
                                ManagedErrorCode.HEARTBEAT_GETS_THROUGH,
                                evidence,
                                "Nothing: the plan has the replica leave it out")
                        : Problem.of(ManagedErrorCode.HEARTBEAT_GETS_THROUGH, evidence));
    }
}
