// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.error;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The plan cannot work on these servers, or not without a consent that it lacks. Nothing was changed. Carries all problems
 * that were found, not only the first.
 */
public final class PlanRejectedException extends SluiceException {
    private static final long serialVersionUID = 1L;

    /**
     * Refuses a plan for all of these problems; the effect is {@link Effect#NONE}.
     *
     * @param problems in the order in which they are told
     * @throws IllegalArgumentException if there is none
     */
    public PlanRejectedException(List<Problem> problems) {
        super(message(problems), problems, Effect.NONE, null);
    }

    private static String message(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("A rejection needs at least one problem");
        }
        if (problems.size() == 1) {
            return "The plan was refused and nothing was changed: " + problems.get(0);
        }
        return IntStream.range(0, problems.size())
                .mapToObj(i -> "\n  " + (i + 1) + ". " + problems.get(i))
                .collect(Collectors.joining(
                        "", "The plan was refused and nothing was changed; " + problems.size() + " problems:", ""));
    }
}
