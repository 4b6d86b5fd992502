// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.aurora.ClusterCopy.Origin;
import dev.sluice.rds.aws.TemporaryCopies;
import dev.sluice.rds.managed.CreationRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The source's cluster as the beginning of a replica that the plan creates; see {@link AuroraSeed}. */
final class NativeCopy implements SeedOffer {
    private final Origin origin;
    private final @Nullable TemporaryCopies copies;

    NativeCopy(Origin origin, @Nullable TemporaryCopies copies) {
        this.origin = origin;
        this.copies = copies;
    }

    @Override
    public Seed seed() {
        return origin.seed();
    }

    @Override
    public Artefact artefact() {
        return origin == Origin.CLONE ? AuroraArtefact.CLUSTER : AuroraArtefact.SNAPSHOT;
    }

    @Override
    public List<Problem> unfit(StepContext context) {
        List<Problem> problems = new ArrayList<>(CreationRules.problems(context));
        if (copies == null) {
            problems.addAll(CreateClusterByHand.problems(context));
        }
        return problems;
    }

    @Override
    public Step step() {
        if (origin == Origin.CLONE) {
            return new LeaveToClone();
        }
        return copies == null
                ? new NothingToDo(
                        "leave-snapshot-to-load",
                        GuideStep.SNAPSHOT,
                        "Whoever makes the replica takes the snapshot that it is made from, right before.")
                : new TakeClusterSnapshot(copies);
    }
}
