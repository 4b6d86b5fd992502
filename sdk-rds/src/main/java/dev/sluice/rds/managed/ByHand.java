// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.rds.aws.AwsErrorCode;
import java.util.List;
import java.util.Optional;

/**
 * A replica that a person creates for the run, where there are no clients of the RDS API. Only AWS could tell what is there and who made it; so
 * each call counts once the person has said that it was made, and then the server itself has to show that it is what the plan wants.
 */
public final class ByHand {
    private ByHand() {}

    /** Why nobody could find the replica once a person has made it. */
    public static List<Problem> problems(StepContext context) {
        return context.plan().replica().address().isPresent()
                ? List.of()
                : List.of(Problem.of(
                        AwsErrorCode.NO_CLIENT,
                        "Where the new server " + context.plan().replica().label()
                                + " will answer is not known, and there is no client to ask for it",
                        "Say it: at(host, port), with a name of AWS's, which follows from that of another server of the account and"
                                + " region, or with one of your own; or give the engine clients"));
    }

    /** With what whoever makes it has to know. */
    public static StepDraft noted(StepDraft draft) {
        return draft.note(
                "Each of these calls is a person's to make, and to confirm once AWS shows what it makes as available;"
                        + " so are the calls that take it back.");
    }

    /** What the person has not said yet is missing, and all that comes after it; empty once all was said. */
    public static Optional<Look> untold(LiveContext context) {
        return context.step().operations().stream()
                .filter(ByHand::isPersons)
                .filter(operation -> context.told(operation.id()).isEmpty())
                .findFirst()
                .map(first ->
                        from(context, "nobody has said yet: " + first.info().purpose(), first.id()));
    }

    private static boolean isPersons(Operation operation) {
        return operation instanceof ControlPlaneOperation || operation instanceof PersonOperation;
    }

    /** Everything that the step was compiled with from this operation on is missing. */
    public static Look from(LiveContext context, String evidence, String first) {
        List<String> ids = context.step().operations().stream()
                .map(Operation::id)
                .dropWhile(id -> !id.equals(first))
                .toList();
        return StepLook.missing(context, evidence, ids);
    }
}
