// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step would do on these servers. Immutable and thread-safe.
 *
 * @param operations in order; empty if the servers are as they should be
 * @param notes for the preview: why nothing is done, what a person should know, what cannot be undone
 * @param problems what makes the plan impossible; with any of them it does not compile
 * @param privileges what the plan's users must be allowed to do
 */
public record StepDraft(
        List<Operation> operations, List<String> notes, List<Problem> problems, List<RequiredPrivilege> privileges) {
    public StepDraft {
        operations = List.copyOf(operations);
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
        privileges = List.copyOf(privileges);
    }

    /** These operations in this order. */
    public static StepDraft of(Operation... operations) {
        return new StepDraft(List.of(operations), List.of(), List.of(), List.of());
    }

    /** Nothing to do, and why. */
    public static StepDraft nothing(String why) {
        return of().note(why);
    }

    /** Impossible, and why. */
    public static StepDraft impossible(Problem problem) {
        return of().problem(problem);
    }

    /** This draft with one more operation, done after the others. */
    public StepDraft and(Operation operation) {
        return new StepDraft(plus(operations, operation), notes, problems, privileges);
    }

    /** This draft with one more line for the preview. */
    public StepDraft note(String note) {
        return new StepDraft(operations, plus(notes, note), problems, privileges);
    }

    /** This draft with one more reason why the plan cannot work. It then does not compile, whatever the operations are. */
    public StepDraft problem(Problem problem) {
        return new StepDraft(operations, notes, plus(problems, problem), privileges);
    }

    /** This draft with one more privilege. Where a user of the plan lacks it, the plan does not compile. */
    public StepDraft needs(RequiredPrivilege privilege) {
        return new StepDraft(operations, notes, problems, plus(privileges, privilege));
    }

    private static <T> List<T> plus(List<? extends T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return more;
    }
}
