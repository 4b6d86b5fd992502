// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatus.ReceiverState;
import java.util.Optional;

/**
 * Replication stands still on the replica.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/stop-replica.html">MySQL: STOP REPLICA</a>
 */
final class StopReplication implements Step {
    @Override
    public StepKey key() {
        return ExternalEngine.key("stop-replication");
    }

    @Override
    public GuideStep row() {
        return GuideStep.STOP_REPLICATION;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Optional<Channel> channel = Channel.of(context.replica());
        if (channel.isEmpty()) {
            return StepDraft.nothing("No replication is configured on the replica.");
        }
        Dialect dialect = Dialect.of(context.replica().version());
        StepDraft draft = StepDraft.of(stop(context.replica(), channel.get()))
                .needs(new RequiredPrivilege(
                        Target.REPLICA, dialect.replicationAdminPrivileges(), "to stop replication"));
        for (RequiredPrivilege privilege : FilterFacts.seeing(context.replica())) {
            draft = draft.needs(privilege);
        }
        if (FilterFacts.settingAgain(context.replica()).isEmpty()) {
            draft = draft.note(
                    "A cancel does not start replication again: the server does not show for certain what its filter is.");
        }
        return context.plan() instanceof PausePlan ? pausing(context, draft) : draft;
    }

    private static StepDraft pausing(StepContext context, StepDraft draft) {
        StepDraft more =
                draft.note("The source goes on removing binary logs by its retention: a pause that is longer than it"
                        + " loses changes for good.");
        return new StayStopped(context.replica()).isSet()
                ? more
                : more.note(
                        "A restart of the replica starts replication again, and without the filter that a plan has set.");
    }

    /** Taken back, replication goes on only with the filter with which it was stopped: a restart of the replica loses that. */
    private static SqlOperation stop(ServerFacts replica, Channel channel) {
        Dialect dialect = Dialect.of(replica.version());
        OperationInfo info = OperationInfo.changing("stop", Target.REPLICA, "stop receiver and applier");
        return new SqlOperation(
                FilterFacts.settingAgain(replica)
                        .map(filter -> info.undoneBy(new Undo(
                                UndoScope.ROLLBACK,
                                "start replication again, with its filter",
                                filter,
                                Statement.of(dialect.startReplica(Channel.NAME)),
                                FilterFacts.stillThere(replica, channel))))
                        .orElse(info),
                Statement.of(dialect.stopReplica(Channel.NAME)));
    }

    @Override
    public Look look(LiveContext context) {
        Optional<ReplicaStatus> status = Channel.statusAsCompiled(context);
        if (status.isEmpty()) {
            return Look.done("no replication is configured");
        }
        boolean still = status.get().receiver().state() == ReceiverState.STOPPED
                && !status.get().applier().isRunning();
        return still
                ? Look.done("replication is stopped")
                : StepLook.missingAll(context, status.get().reason());
    }
}
