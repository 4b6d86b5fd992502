// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.mysql.ServerErrorCode;
import dev.sluice.core.mysql.SqlFailures;
import java.util.Set;

/** Says which object the replica refused to create, and what can be done about it. */
final class NotCreated {
    /** Binary logging is on, and the function's characteristics or the user's privileges do not suffice. */
    private static final Set<Integer> TRUST = Set.of(1418, 1419);

    /** The user lacks one of several privileges; those to create are said by other errors. */
    private static final int SPECIAL_PRIVILEGE = 1227;

    private NotCreated() {}

    /** The failure itself unless the server refused the statement. */
    static RuntimeException of(String object, RuntimeException failure) {
        if (!(failure instanceof StepRefusedException refused)) {
            return failure;
        }
        Problem before = refused.problems().get(0);
        int number =
                SqlFailures.serverError(refused).map(error -> error.number()).orElse(0);
        String what = "The replica does not take the " + object + ": " + before.what();
        if (TRUST.contains(number)) {
            return new StepRefusedException(Problem.of(CopyCode.NEEDS_TRUST, what), refused);
        }
        if (number == SPECIAL_PRIVILEGE) {
            return new StepRefusedException(Problem.of(CopyCode.DEFINER_NOT_ALLOWED, what), refused);
        }
        boolean definition = before.code() == ServerErrorCode.REFUSED
                || before.code() == ServerErrorCode.NOT_UNDERSTOOD
                || before.code() == ServerErrorCode.NO_SUCH_OBJECT;
        return new StepRefusedException(
                definition ? Problem.of(CopyCode.NOT_CREATED, what) : Problem.of(before.code(), what, before.remedy()),
                refused);
    }
}
