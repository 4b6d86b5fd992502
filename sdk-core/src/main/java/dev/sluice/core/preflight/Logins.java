// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.privileges.AccountName;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Quote;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The accounts by which Sluice is to log in.
 *
 * @param source quoted; empty if the plan has no source
 * @param isSourceNew whether it is still to be created
 * @param replica quoted
 * @param isReplicaNew the same
 */
record Logins(String source, boolean isSourceNew, String replica, boolean isReplicaNew) {
    static Logins of(StepContext context, @Nullable AccountName source, @Nullable AccountName replica) {
        Optional<ServerFacts> facts = context.findSource();
        String sourceNow = facts.map(known -> Account.of(
                        known,
                        context.plan().findSource().orElseThrow().credentials().user()))
                .orElse("");
        String replicaNow = Account.of(
                context.replica(), context.plan().replica().credentials().user());
        String sourceThen = source == null ? sourceNow : quoted(source);
        String replicaThen = replica == null ? replicaNow : quoted(replica);
        return new Logins(
                sourceThen,
                !facts.map(known -> isThere(known, sourceNow, sourceThen)).orElse(true),
                replicaThen,
                !isThere(context.replica(), replicaNow, replicaThen));
    }

    private static boolean isThere(ServerFacts server, String now, String wanted) {
        return server.accounts().contains(wanted)
                || (now.equals(wanted) && !server.grants().isEmpty());
    }

    private static String quoted(AccountName account) {
        return Quote.account(account.user(), account.host().toLowerCase(Locale.ROOT));
    }
}
