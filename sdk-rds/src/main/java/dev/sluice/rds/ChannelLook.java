// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatus.ReceiverState;
import dev.sluice.core.mysql.ReplicationError;
import java.util.List;
import java.util.Set;

/** What {@link EnableReplication} sees of the replica's channel, and what it makes of it. */
final class ChannelLook {
    /** Numbers of what a network does: the receiver goes on trying. */
    private static final Set<Integer> MAY_PASS =
            Set.of(1040, 1053, 1158, 1159, 1160, 1161, 2002, 2003, 2005, 2006, 2013, 2055);

    private ChannelLook() {}

    static Look notConfigured(LiveContext context) {
        return StepLook.missing(
                context,
                "no replication is configured",
                List.of(EnableReplication.SET_EXTERNAL, EnableReplication.START));
    }

    static Look configured(LiveContext context, ReplicaStatus status) {
        Channel found = Channel.of(status);
        if (!found.follows(Channel.wantedBy(context))) {
            throw new StepRefusedException(
                    Problem.of(RdsErrorCode.FOLLOWS_ANOTHER_SOURCE, "The replica is configured to follow " + found));
        }
        return switch (status.health()) {
            case RUNNING ->
                Look.done("follows " + found + ", " + status.health().meaning());
            case CONNECTING -> Look.unknown(status.reason());
            case RECEIVER_RETRYING, RECEIVER_FAILED -> receiverFailed(context, status);
            case APPLIER_FAILED -> throw failed(status);
            case STOPPED -> StepLook.missing(context, status.reason(), List.of(EnableReplication.START));
            case RECEIVER_STOPPED, APPLIER_STOPPED -> half(context, status);
        };
    }

    static Look receiverFailed(LiveContext context, ReplicaStatus status) {
        if (status.receiver()
                .error()
                .map(ReplicationError::number)
                .filter(MAY_PASS::contains)
                .isEmpty()) {
            throw failed(status);
        }
        return status.receiver().state() == ReceiverState.STOPPED
                ? half(context, status)
                : Look.unknown(status.reason());
    }

    /** The procedure that starts refuses as long as one half runs. */
    static Look half(LiveContext context, ReplicaStatus status) {
        boolean nothingRuns = status.receiver().state() == ReceiverState.STOPPED
                && !status.applier().isRunning();
        return StepLook.missing(
                context,
                status.reason(),
                nothingRuns
                        ? List.of(EnableReplication.START)
                        : List.of(EnableReplication.STOP_HALF, EnableReplication.START));
    }

    private static StepRefusedException failed(ReplicaStatus status) {
        return new StepRefusedException(Problem.of(
                RdsErrorCode.REPLICATION_FAILED,
                "Replication from " + Channel.of(status) + " stopped: " + status.reason()));
    }
}
