// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Grants;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The replica's user may create objects for definers that are system accounts there (from 8.0.16). */
final class SystemDefiners implements LiveCheck {
    private static final String PRIVILEGE = "SYSTEM_USER";

    @Override
    public String id() {
        return "system-definers";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.SYSTEM_DEFINERS;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        ServerFacts replica = context.replica();
        if (!replica.version().isAtLeast(8, 0, 16)
                || !PlanReach.copies(context)
                || Grants.parse(replica.grants()).has(PRIVILEGE)) {
            return List.of();
        }
        String account = Account.of(
                replica, context.replication().replica().credentials().user());
        List<String> others = Definers.of(context).stream()
                .filter(definer -> !Definers.quoted(definer).equals(account))
                .toList();
        Set<String> system = others.isEmpty() ? Set.of() : systemAccounts(context.replicaSession(), account);
        List<String> refused = others.stream()
                .filter(definer -> system.contains(Definers.quoted(definer)))
                .toList();
        return refused.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        account + " on " + Labels.replica(context) + " lacks " + PRIVILEGE
                                + ", needed to create objects for the system accounts " + Listing.of(refused),
                        "GRANT " + PRIVILEGE + " ON *.* TO " + account));
    }

    private static Set<String> systemAccounts(ServerSession replica, String account) {
        try {
            return replica
                    .query("SELECT USER AS user, HOST AS host FROM mysql.global_grants WHERE PRIV = '" + PRIVILEGE
                            + "'")
                    .stream()
                    .map(row -> Quote.account(row.text("user"), row.text("host")))
                    .collect(Collectors.toSet());
        } catch (StepRefusedException refused) {
            throw new StepRefusedException(
                    Problem.of(
                            refused.code(),
                            refused.problems().get(0).what(),
                            "GRANT SELECT ON mysql.global_grants TO " + account),
                    refused);
        }
    }
}
