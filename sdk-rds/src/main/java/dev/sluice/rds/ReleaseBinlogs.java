// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.rds.aws.RdsControlPlane;
import dev.sluice.rds.aws.TemporaryCalls;
import dev.sluice.rds.managed.StepLook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The read replica that kept the source's binary logs is deleted, once the replica has caught up. */
final class ReleaseBinlogs implements Step {
    static final String DELETE = "delete-keeping-replica";

    private final Step relax;
    private final @Nullable RdsControlPlane plane;

    /** @param relax lowers what the source was told */
    ReleaseBinlogs(Step relax, @Nullable RdsControlPlane plane) {
        this.relax = relax;
        this.plane = plane;
    }

    @Override
    public StepKey key() {
        return relax.key();
    }

    @Override
    public GuideStep row() {
        return relax.row();
    }

    @Override
    public StepDraft compile(StepContext context) {
        StepDraft draft = relax.compile(context);
        return RdsEngine.keepsByReadReplica(context)
                ? draft.and(TemporaryCalls.deleteInstance(
                        OperationInfo.changing(DELETE, Target.SOURCE, "delete the read replica that keeps binary logs"),
                        HoldReadReplica.source(context).place()))
                : draft;
    }

    @Override
    public Look look(LiveContext context) {
        if (!RdsEngine.keepsByReadReplica(context)) {
            return relax.look(context);
        }
        Look lowered = lowered(context);
        if (lowered instanceof Look.Unknown) {
            return lowered;
        }
        List<String> missing = new ArrayList<>();
        if (lowered instanceof Look.Missing some) {
            missing.addAll(some.operationIds());
        }
        if (KeepingReplica.isThere(context, plane)) {
            Optional<String> behind = context.replicaBehind();
            if (behind.isPresent()) {
                return Look.unknown("the read replica stays until the replica has caught up: " + behind.get());
            }
            missing.add(DELETE);
        }
        return missing.isEmpty()
                ? Look.done(lowered.evidence() + "; the read replica is gone")
                : StepLook.missing(context, lowered.evidence() + "; the read replica is to go", missing);
    }

    /** What the other step would say if it were alone. */
    private Look lowered(LiveContext context) {
        boolean lowers = context.step().operations().stream()
                .anyMatch(operation -> !operation.id().equals(DELETE));
        return lowers ? relax.look(context) : Look.done("the retention stays as it is");
    }
}
