// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import java.util.Optional;

/**
 * Replication that was stopped goes on where it stopped. The procedure raises an error while the replica is still connecting, which is
 * no failure: the replica's status decides. A filter, if there is one, is in the parameter group, and no restart loses it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-replicating.html">AWS:
 *     mysql.rds_start_replication</a>
 */
final class StartReplication implements Step {
    private final ManagedKind kind;

    StartReplication(ManagedKind kind) {
        this.kind = kind;
    }

    @Override
    public StepKey key() {
        return kind.key("start-replication");
    }

    @Override
    public GuideStep row() {
        return GuideStep.START_REPLICATION;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Optional<Channel> channel = Channel.of(context.replica());
        if (channel.isEmpty()) {
            return StepDraft.impossible(Problem.of(
                    ManagedErrorCode.NOTHING_TO_START,
                    "No replication is configured on the instance "
                            + context.replica().address()));
        }
        StepDraft draft = StepDraft.of(
                        ReplicationStart.stopHalf(),
                        ManagedDialect.call(
                                OperationInfo.changing(ReplicationStart.START, Target.REPLICA, "start replication"),
                                ManagedDialect.START))
                .needs(ManagedDialect.execute(Target.REPLICA));
        return ManagedDialect.of(context.replica())
                .lacks(ManagedDialect.START)
                .map(draft::problem)
                .orElse(draft);
    }

    @Override
    public Look look(LiveContext context) {
        Dialect dialect = Dialect.of(context.replica().version());
        ReplicaStatus status = ReplicaStatusReader.readDefault(context.replicaSession(), dialect)
                .orElseThrow(() -> new StepRefusedException(
                        Problem.of(ManagedErrorCode.CHANGED_SINCE_COMPILED, "No replication is configured any more")));
        requireSame(context, Channel.of(status));
        return switch (status.health()) {
            case RUNNING -> Look.done(status.health().meaning());
            case CONNECTING -> Look.unknown(status.reason());
            case RECEIVER_RETRYING, RECEIVER_FAILED -> ChannelLook.receiverFailed(context, status);
            // An error of before is no reason not to try: whoever starts it may have removed the cause.
            case APPLIER_FAILED, STOPPED, RECEIVER_STOPPED, APPLIER_STOPPED -> ChannelLook.half(context, status);
        };
    }

    private static void requireSame(LiveContext context, Channel now) {
        boolean same = Channel.of(context.replica())
                .filter(before ->
                        before.address().equals(now.address()) && before.user().equals(now.user()))
                .isPresent();
        if (!same) {
            throw new StepRefusedException(
                    Problem.of(ManagedErrorCode.CHANGED_SINCE_COMPILED, "The replica follows " + now + " by now"));
        }
    }
}
