// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.AccountUse;
import dev.sluice.core.mysql.Quote;
import java.util.List;

/** No other replica is logged in with the replication account that the end of a replication drops. */
final class AccountShared implements LiveCheck {
    @Override
    public String id() {
        return "account-shared";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.ACCOUNT_SHARED;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (!(context.plan() instanceof EndPlan end) || end.source().isEmpty()) {
            return List.of();
        }
        return end.account().stream()
                .flatMap(account -> AccountUse.others(context.sourceSession(), account, context.replica()).stream()
                        .map(user -> Problem.of(
                                code(),
                                "The account "
                                        + Quote.account(
                                                account.user(), account.host().orElse("%")) + " on "
                                        + Labels.source(context) + " is used by " + user)))
                .toList();
    }
}
