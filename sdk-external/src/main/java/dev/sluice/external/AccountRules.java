// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.ReplicationAccountStatements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold before a replication account can be created or used. */
final class AccountRules {
    private AccountRules() {}

    static List<Problem> problems(StepContext context) {
        List<Problem> problems = new ArrayList<>();
        if (!context.sourceOptions(ExternalOption.class).isEmpty()) {
            problems.add(Problem.of(
                    ExternalErrorCode.OPTION_OF_REPLICA,
                    "The options given with the source say how a replica verifies certificates"));
        }
        if (context.account().host().isEmpty()) {
            problems.add(Problem.of(
                    ExternalErrorCode.ACCOUNT_HOST_UNKNOWN,
                    "It is not known from which host the replica logs in to the source"));
        } else if (context.source().accounts().isEmpty()) {
            problems.add(
                    Problem.of(
                            ExternalErrorCode.ACCOUNTS_NOT_VISIBLE,
                            "The user may not see the accounts of the source, and so not whether the replication account exists"));
        } else if (context.account().password().isEmpty()) {
            existsAlready(context).ifPresent(problems::add);
        }
        return problems;
    }

    private static Optional<Problem> existsAlready(StepContext context) {
        ReplicationAccountStatements account = ReplicationAccountStatements.of(context.account());
        return account.isListedIn(context.source())
                ? Optional.of(Problem.of(
                        ExternalErrorCode.ACCOUNT_EXISTS,
                        "The account " + account + " is on the source already, and the plan does not know its password",
                        "If another run of this plan is under way, await or cancel that one. Else give the password by replicationUser(user, secret), choose another user, or, if nobody uses it, drop the account: "
                                + account.drop().preview()
                                + "; if a run that failed in this process left it, abandon that run"))
                : Optional.empty();
    }
}
