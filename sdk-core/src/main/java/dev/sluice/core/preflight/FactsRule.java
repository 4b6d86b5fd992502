// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/**
 * Something that must, or should, hold for the two servers of a plan, judged from their facts alone. Errors refuse the plan when it
 * is compiled; the rest is told by preflight. Implementations are immutable and thread-safe.
 */
interface FactsRule extends Described {
    @Override
    default Level level() {
        return Level.ERROR;
    }

    /** What refuses a plan would fail, or harm data; where there is a choice, the plan has a consent for it. */
    @Override
    default boolean canBeSkipped() {
        return level() != Level.ERROR;
    }

    /** What does not hold; empty if all is well. Asked for plans that set up a replication. */
    List<Problem> problems(StepContext context);
}
