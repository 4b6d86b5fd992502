// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/**
 * Whoever creates a routine may drop it, since the server grants that then. MySQL 5.7 fails to, with no more than warning 1404, where another
 * account has the same name (seen on 5.7.22): what was loaded could not be taken back.
 */
final class CreatorsRights {
    private CreatorsRights() {}

    static List<Need> needs(StepContext context, ScopeDatabases databases) {
        return isNotAlone(
                        context.replica(),
                        context.plan().replica().credentials().user())
                ? databases.wholeNeeds(
                        Target.REPLICA,
                        "take back the routines that it loaded, since another account has its name",
                        "ALTER ROUTINE")
                : List.of();
    }

    /** As far as the facts tell: who may not read the accounts is not seen to have a namesake. */
    private static boolean isNotAlone(ServerFacts replica, String user) {
        String account = Account.of(replica, user);
        return !replica.version().isAtLeast(8, 0, 0)
                && replica.accounts().stream()
                        .anyMatch(other -> !other.equals(account) && name(other).equals(name(account)));
    }

    /** Only the last @ can divide it from the host. */
    private static String name(String account) {
        return account.substring(0, Math.max(0, account.lastIndexOf('@')));
    }
}
