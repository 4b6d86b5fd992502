// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** How long steps may take where the plan does not say: nothing waits for ever. */
final class StepDeadlines {
    private static final Duration SHORT = Duration.ofMinutes(10);
    private static final Duration DATA = Duration.ofDays(7);

    private StepDeadlines() {}

    /** @param isForPerson whether there is no client for such a call, so that a person is asked to make it */
    static Duration defaultFor(
            GuideStep row, List<Operation> operations, Predicate<ControlPlaneOperation> isForPerson) {
        Duration ordinary = switch (row) {
            case LOAD, CATCH_UP, VERIFY, REACH_COPY -> DATA;
            default -> SHORT;
        };
        return operations.stream()
                .map(operation -> waiting(operation, isForPerson))
                .reduce(ordinary, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }

    private static Duration waiting(Operation operation, Predicate<ControlPlaneOperation> isForPerson) {
        if (operation instanceof ControlPlaneOperation call && isForPerson.test(call)) {
            return PersonOperation.DEFAULT_DEADLINE.plus(SHORT);
        }
        if (operation instanceof PersonOperation person) {
            return person.deadline().plus(SHORT);
        }
        return operation instanceof WaitOperation wait ? wait.deadline() : Duration.ZERO;
    }
}
