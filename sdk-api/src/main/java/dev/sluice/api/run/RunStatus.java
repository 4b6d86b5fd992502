// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import dev.sluice.api.plan.GuideStep;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands at one moment. Immutable and thread-safe.
 *
 * @param state where it stands
 * @param stepOrNull the step that it is at, or null before the first; see {@link #step()}
 * @param since when it came into this state or step
 */
public record RunStatus(RunState state, @Nullable GuideStep stepOrNull, Instant since) {
    /** The step that it is at. */
    public Optional<GuideStep> step() {
        return Optional.ofNullable(stepOrNull);
    }
}
