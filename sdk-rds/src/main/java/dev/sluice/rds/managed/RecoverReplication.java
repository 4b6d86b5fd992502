// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ChannelFacts;
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
import dev.sluice.core.mysql.ReplicaStatusReader;

/**
 * Replication runs on the server that a failover has made the replica. Usually its configuration, which is in the volume, survives, and so does
 * the position up to which changes were applied, written together with them. Where the configuration is gone, the position is gone with it:
 * then only GTIDs, which are in the data, tell where to go on, and without them nothing is done.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Replication.MySQL.html">AWS: monitor failover events
 *     when the cluster is the replica</a>
 */
final class RecoverReplication implements Step {
    private final ManagedKind kind;

    RecoverReplication(ManagedKind kind) {
        this.kind = kind;
    }

    @Override
    public StepKey key() {
        return kind.key("recover-replication");
    }

    @Override
    public GuideStep row() {
        return GuideStep.ENABLE_REPLICATION;
    }

    /** Nothing has an undo: what the run itself has set up before has its own, and what it has found is not its to remove. */
    @Override
    public StepDraft compile(StepContext context) {
        if (kind.wish(context, ManagedWish.UntilPosition.class).isPresent()
                || kind.wish(context, ManagedWish.UntilGtids.class).isPresent()) {
            return StepDraft.impossible(unproven("the plan has the replica stop at a point"));
        }
        StepDraft draft = followsGtids(context) ? new SourcePointing(kind, context).again() : StepDraft.of();
        return draft.and(EnableReplication.waitForFilter())
                .and(ReplicationStart.stopHalf())
                .and(ManagedDialect.call(
                        OperationInfo.changing(ReplicationStart.START, Target.REPLICA, "start replication"),
                        ManagedDialect.START));
    }

    private static boolean followsGtids(StepContext context) {
        return context.alreadyReplicating()
                ? context.replica().channels().stream().anyMatch(ChannelFacts::autoPosition)
                        && ManagedDialect.of(context.replica()).autoPosition().isPresent()
                : GtidSeed.isTaken(context);
    }

    private static Problem unproven(String why) {
        return Problem.of(
                ManagedErrorCode.REPOINT_UNPROVEN, "Replication is not brought back after a failover: " + why);
    }

    @Override
    public Look look(LiveContext context) {
        ChannelLook look = new ChannelLook(kind, context);
        return ReplicaStatusReader.readDefault(
                        context.replicaSession(), Dialect.of(context.replica().version()))
                .map(look::configured)
                .orElseGet(() -> look.lost()
                        .orElseThrow(() -> new StepRefusedException(unproven("its configuration"
                                + " is gone, and the replica did not follow GTIDs, which alone are in the data"))));
    }
}
