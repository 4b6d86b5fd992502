// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.rds.aws.AwsPlace;
import dev.sluice.rds.aws.TemporaryClusterCalls;
import dev.sluice.rds.aws.TemporaryCopies;
import dev.sluice.rds.managed.StepLook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A snapshot of the cluster, from which the replica is made. */
final class TakeClusterSnapshot implements Step {
    private static final String CREATE = "create-cluster-snapshot";
    private static final String AWAIT = "wait-for-snapshot";

    private final @Nullable TemporaryCopies copies;

    TakeClusterSnapshot(@Nullable TemporaryCopies copies) {
        this.copies = copies;
    }

    @Override
    public StepKey key() {
        return AuroraEngine.key("take-cluster-snapshot");
    }

    @Override
    public GuideStep row() {
        return GuideStep.SNAPSHOT;
    }

    @Override
    public StepDraft compile(StepContext context) {
        AwsPlace place = CopyCluster.source(context).place();
        Duration deadline = context.replication().deadlines().getOrDefault(GuideStep.SNAPSHOT, CopyCluster.DEADLINE);
        OperationInfo info = OperationInfo.changing(CREATE, Target.SOURCE, "take a snapshot of the cluster")
                .undoneBy(Undo.byCall(UndoScope.TEMPORARY, CopyCluster.snapshotDeletion(place)));
        return StepDraft.of(
                        TemporaryClusterCalls.snapshot(
                                info, place, CopyCluster.source(context).clusterIdentifier()),
                        new WaitOperation(
                                OperationInfo.reading(AWAIT, Target.SOURCE, "wait until the snapshot is available"),
                                "the snapshot is available",
                                deadline))
                .note("No lock is taken on the source, and no row is read from it.")
                .note("The snapshot is deleted as soon as the replica is made; on cancel and abandon as well.");
    }

    @Override
    public Look look(LiveContext context) {
        if (copies == null) {
            throw new IllegalStateException("Compiled with clients, and looked at without");
        }
        Optional<String> status =
                copies.snapshotStatus(CopyCluster.source(context).place(), context.run());
        if (status.isEmpty()) {
            return StepLook.missing(context, "there is no snapshot", List.of(CREATE, AWAIT));
        }
        CopyCluster.requireNotFailed(status.get());
        return status.get().equals("available")
                ? Look.done("the snapshot is available")
                : StepLook.missing(context, "the snapshot is " + status.get(), List.of(AWAIT));
    }
}
