// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatusReader;
import java.util.List;
import java.util.Optional;

/**
 * The replica knows no source any more and is a server of its own. What it knew is in the facts of the compiled plan, and so in the run's
 * journal; the password is lost.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-replicating.html">AWS:
 *     mysql.rds_reset_external_master</a>
 */
final class ResetReplica implements Step {
    private static final String RESET = "reset-replica";

    private final ManagedKind kind;

    ResetReplica(ManagedKind kind) {
        this.kind = kind;
    }

    @Override
    public StepKey key() {
        return kind.key("reset-replica");
    }

    @Override
    public GuideStep row() {
        return GuideStep.RESET_REPLICA;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Optional<Channel> channel = Channel.of(context.replica());
        if (channel.isEmpty()) {
            return StepDraft.nothing("No replication is configured on the replica.");
        }
        if (channel.get().isManaged()) {
            return StepDraft.impossible(Problem.of(
                    ManagedErrorCode.MANAGED_REPLICA,
                    "RDS itself replicates to the instance " + context.replica().address()));
        }
        Optional<Routine> reset = ManagedDialect.of(context.replica()).resetExternal();
        if (reset.isEmpty()) {
            return StepDraft.impossible(ManagedDialect.of(context.replica()).missing(ManagedDialect.RESET_EXTERNAL));
        }
        return StepDraft.of(new ProcedureOperation(
                        OperationInfo.changing(
                                RESET, Target.REPLICA, "forget the source, its password and the relay logs"),
                        reset.get().name(),
                        Statement.of("CALL mysql." + reset.get().name())))
                .needs(ManagedDialect.execute(Target.REPLICA))
                .note("This cannot be undone: the replica forgets " + channel.get()
                        + ", and what it fetched and did not apply.");
    }

    @Override
    public Look look(LiveContext context) {
        Dialect dialect = Dialect.of(context.replica().version());
        return ReplicaStatusReader.read(context.replicaSession(), dialect, Channel.NAME)
                .map(status -> StepLook.missing(
                        context, "the replica knows " + status.source().host(), List.of(RESET)))
                .orElseGet(() -> Look.done("no replication is configured"));
    }
}
