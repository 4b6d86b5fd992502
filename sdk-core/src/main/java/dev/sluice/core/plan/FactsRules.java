// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.CheckDescription;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** What must hold for two servers, whatever their engines, judged from facts alone. Implementations are thread-safe. */
public interface FactsRules {
    /** Everything that makes the plan impossible on these servers. */
    List<Problem> problems(StepContext context);

    /** Everything that core itself judges plans by, rules and checks of live servers. */
    default List<CheckDescription> checks() {
        return List.of();
    }

    /** The privileges that the plan's users lack. */
    List<Problem> missingPrivileges(StepContext context, List<RequiredPrivilege> required);
}
