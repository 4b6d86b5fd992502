// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.dump.DumpPrograms;
import java.util.List;

/**
 * The way that is always on offer: snapshots of the source itself, under a short lock.
 *
 * @param locks how a source of this kind can hold writers up
 * @param programs those that copy where the plan says so
 */
record LogicalCopy(List<LockKind> locks, DumpPrograms programs) implements SeedOffer {
    @Override
    public Seed seed() {
        return Seed.LOGICAL_COPY;
    }

    @Override
    public Artefact artefact() {
        return Artefact.ROWS;
    }

    @Override
    public List<Problem> unfit(StepContext context) {
        return List.of();
    }

    @Override
    public Step step() {
        return new TakeSnapshot(locks, programs);
    }
}
