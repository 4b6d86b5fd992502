// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Quote;
import java.util.List;

/** The replication account's host is no name where the source does not resolve names: nobody could log in with it. */
final class AccountHostByName implements FactsRule {
    @Override
    public String id() {
        return "account-host-by-name";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.ACCOUNT_HOST_BY_NAME;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        if (!context.source().isOn("skip_name_resolve") || !PlanReach.beginsReplication(context)) {
            return List.of();
        }
        return context.account().host().stream()
                .filter(AccountHostByName::isName)
                .map(host -> Problem.of(
                        code(),
                        Labels.capital(Labels.source(context))
                                + " has skip_name_resolve=ON, so that no login matches the account "
                                + Quote.account(context.account().user(), host)))
                .toList();
    }

    /** Neither an IPv4 address, a pattern or a netmask of one, nor the like of IPv6. */
    private static boolean isName(String host) {
        return host.indexOf(':') < 0 && host.chars().anyMatch(Character::isLetter);
    }
}
