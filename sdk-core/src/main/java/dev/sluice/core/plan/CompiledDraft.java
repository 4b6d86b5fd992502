// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a plan compiles to, and what is wrong with it. Immutable and thread-safe.
 *
 * @param compiled the steps; to be run only if nothing is wrong
 * @param problems what is wrong, empty if nothing is
 */
public record CompiledDraft(CompiledPlan compiled, List<Problem> problems) {
    public CompiledDraft {
        problems = problems.stream().distinct().toList();
    }

    /** The same with further problems. */
    public CompiledDraft with(List<Problem> others) {
        return new CompiledDraft(
                compiled, Stream.concat(problems.stream(), others.stream()).toList());
    }

    /** The compiled plan. */
    public CompiledPlan orThrow() {
        if (!problems.isEmpty()) {
            throw new PlanRejectedException(problems);
        }
        return compiled;
    }
}
