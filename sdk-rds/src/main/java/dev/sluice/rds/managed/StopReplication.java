// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatus.ReceiverState;
import dev.sluice.core.mysql.ReplicaStatusReader;
import java.util.List;
import java.util.Optional;

/**
 * Replication stands still on the replica. The procedure raises an error when it did so before, which is no failure.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-replicating.html">AWS:
 *     mysql.rds_stop_replication</a>
 */
final class StopReplication implements Step {
    private static final String STOP = "stop-replication";

    private final ManagedKind kind;

    StopReplication(ManagedKind kind) {
        this.kind = kind;
    }

    @Override
    public StepKey key() {
        return kind.key("stop-replication");
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
        OperationInfo info = OperationInfo.changing(STOP, Target.REPLICA, "stop receiver and applier")
                .undoneBy(new Undo(
                        UndoScope.ROLLBACK,
                        "start replication again",
                        Statement.of("CALL mysql." + ManagedDialect.START),
                        channel.get().stillThere(context.replica())));
        StepDraft draft = StepDraft.of(new ProcedureOperation(
                        info, ManagedDialect.STOP, Statement.of("CALL mysql." + ManagedDialect.STOP)))
                .needs(ManagedDialect.execute(Target.REPLICA));
        return ManagedDialect.of(context.replica())
                .lacks(ManagedDialect.STOP)
                .map(draft::problem)
                .orElse(draft);
    }

    @Override
    public Look look(LiveContext context) {
        Dialect dialect = Dialect.of(context.replica().version());
        Optional<ReplicaStatus> status = ReplicaStatusReader.readDefault(context.replicaSession(), dialect);
        if (status.isEmpty()) {
            return Look.done("no replication is configured");
        }
        boolean still = status.get().receiver().state() == ReceiverState.STOPPED
                && !status.get().applier().isRunning();
        return still
                ? Look.done("replication is stopped")
                : StepLook.missing(context, status.get().reason(), List.of(STOP));
    }
}
