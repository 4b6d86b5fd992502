// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/** One of core's own checks of the live servers, for plans that set up a replication. Implementations are immutable and thread-safe. */
interface LiveCheck extends Check, Described {
    /** What is wrong; empty if all is well. Reads only. */
    List<Problem> problems(LiveContext context);

    /**
     * Whether it reads what no plan asks a privilege for: then who may not see it is warned, and may start all the same, also where the
     * check is never left out.
     */
    default boolean needsMoreThanPlans() {
        return false;
    }

    @Override
    default boolean canBeSkipped() {
        return true;
    }

    @Override
    default List<Finding> examine(LiveContext context) {
        return problems(context).stream()
                .map(problem -> new Finding(id(), level(), problem))
                .toList();
    }
}
