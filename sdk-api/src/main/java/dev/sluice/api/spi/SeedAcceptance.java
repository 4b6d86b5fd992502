// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.error.Problem;
import java.util.List;

/**
 * A way in which an engine's replicas can be loaded without copying rows, such as the restore of a native snapshot. From
 * {@link Artefact#ROWS} core loads every replica. Implementations are immutable and thread-safe.
 */
public interface SeedAcceptance {
    /** What it begins with. */
    Artefact artefact();

    /** Why it cannot be taken for this plan on these servers; empty if it can. Pure. */
    List<Problem> unfit(StepContext context);

    /**
     * The row {@link dev.sluice.api.plan.GuideStep#LOAD}. Where the coordinates show only by loading, an operation of it fills
     * {@link dev.sluice.api.operation.Slot#SNAPSHOT_COORDINATES}, and its look tells them when it is done.
     */
    Step step();
}
