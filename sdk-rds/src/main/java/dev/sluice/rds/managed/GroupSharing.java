// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.StepContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who gets what is set in a parameter group besides the server that it is set for: a replication filter would silently leave out changes on
 * every other replica that has the group.
 *
 * @param group its name
 * @param others who else has it, by identifier; empty if these credentials do not see that
 */
record GroupSharing(String group, Optional<List<String>> others) {
    /** Whether others get the settings, or may as far as is known. */
    boolean isPossible() {
        return others.filter(List::isEmpty).isEmpty();
    }

    /** That others would get settings which the plan does not allow them to get. */
    Optional<Problem> problem(StepContext context, Collection<String> parameters) {
        return isPossible() && !context.allows(Consent.SHARED_PARAMETER_GROUP)
                ? Optional.of(Problem.of(
                        ManagedErrorCode.GROUP_SHARED,
                        who() + " would get " + String.join(", ", new TreeSet<>(parameters)) + " as well"))
                : Optional.empty();
    }

    private String who() {
        return others.map(ids -> String.join(", ", ids) + (ids.size() == 1 ? " has" : " have") + " the parameter group "
                        + group + ", too, and")
                .orElse("Who else has the parameter group " + group
                        + " is not shown to these credentials; whoever has it");
    }
}
