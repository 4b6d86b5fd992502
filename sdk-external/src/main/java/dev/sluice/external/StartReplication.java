// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicationFilter;
import java.util.List;
import java.util.Optional;

/**
 * Replication that was stopped goes on where it stopped, and never without its filter: a replica that was restarted meanwhile has lost
 * it, and would apply changes outside the scope. Where the plan that has set the replication up is known, the filter is set again;
 * else a replica without any is left alone.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/start-replica.html">MySQL: START REPLICA</a>
 */
final class StartReplication implements Step {
    @Override
    public StepKey key() {
        return ExternalEngine.key("start-replication");
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
                    ExternalErrorCode.NOTHING_TO_START,
                    "No replication is configured on the replica "
                            + context.replica().address()));
        }
        Dialect dialect = Dialect.of(context.replica().version());
        return filter(context)
                .map(filter -> EnableReplication.startingWith(context, filter))
                .orElseGet(() -> starting(dialect))
                .needs(new RequiredPrivilege(
                        Target.REPLICA, dialect.replicationAdminPrivileges(), "to start replication"));
    }

    private static StepDraft starting(Dialect dialect) {
        return StepDraft.of(new SqlOperation(
                        OperationInfo.changing(EnableReplication.START, Target.REPLICA, "start receiver and applier"),
                        Statement.of(dialect.startReplica(Channel.NAME))))
                .note(
                        "Refused if the replica has no replication filter: a restart loses it, and what it was is not known here.");
    }

    /** Empty if the plan that has set the replication up is not known. */
    private static Optional<ReplicationFilter> filter(StepContext context) {
        return context.pause().replication().map(plan -> ReplicationFilter.of(plan.scope()));
    }

    @Override
    public Look look(LiveContext context) {
        ReplicaStatus status = Channel.statusAsCompiled(context)
                .orElseThrow(() -> StepLook.changed(context, "no replication is configured any more"));
        Optional<ReplicationFilter> filter = filter(context);
        if (filter.isEmpty() && status.filter().isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    ExternalErrorCode.FILTER_NOT_KNOWN,
                    "The replica " + context.replica().address() + " has no replication filter"));
        }
        if (filter.filter(wanted -> !wanted.isShownAs(status.filter())).isPresent()) {
            return filterMissing(context, status);
        }
        return started(context, status);
    }

    /** Another filter than the plan's that somebody has set is not overwritten: what it kept out would be missing. */
    private static Look filterMissing(LiveContext context, ReplicaStatus status) {
        if (!status.filter().isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    ExternalErrorCode.FILTER_DIFFERS,
                    "The replica " + context.replica().address() + " has the filter " + status.filter()));
        }
        return ChannelLook.filterMissing(context, status);
    }

    /** An error of before is no reason not to try: whoever starts it may have removed the cause. */
    private static Look started(LiveContext context, ReplicaStatus status) {
        return switch (status.health()) {
            case RUNNING ->
                Look.done(
                        "follows " + Channel.of(status) + ", " + status.health().meaning());
            case CONNECTING -> Look.unknown(status.reason());
            case RECEIVER_RETRYING, RECEIVER_FAILED -> ChannelLook.receiverFailed(context, status);
            case APPLIER_FAILED -> StepLook.missing(context, status.reason(), List.of(EnableReplication.START));
            case RECEIVER_STOPPED, APPLIER_STOPPED, STOPPED -> ChannelLook.startMissing(context, status);
        };
    }
}
