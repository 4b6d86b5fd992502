// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Grants;
import java.util.List;
import java.util.Set;

/** The replica's user may create objects, and enable events, for definers that are system accounts there (from 8.0.16). */
final class SystemDefiners implements LiveCheck {
    private static final String PRIVILEGE = DefinerPrivileges.OF_SYSTEM_ACCOUNTS;
    private static final String ACCOUNTS =
            "SELECT USER AS user, HOST AS host FROM mysql.global_grants WHERE PRIV = '" + PRIVILEGE + "'";

    /** The system accounts of the replica, quoted. */
    static Set<String> accounts(LiveContext context) {
        return Definers.accounts(
                context,
                ACCOUNTS,
                "mysql.global_grants",
                "whether definers are system accounts, for whose objects " + PRIVILEGE + " is needed");
    }

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
        if (!DefinerPrivileges.protectSystemAccounts(context.replica().version())
                || Grants.parse(context.replica().grants()).has(PRIVILEGE)) {
            return List.of();
        }
        List<String> others = Definers.others(context);
        if (others.isEmpty()) {
            return List.of();
        }
        Set<String> system = accounts(context);
        List<String> beyond = others.stream()
                .filter(definer -> system.contains(Definers.quoted(definer)))
                .toList();
        return beyond.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        Definers.user(context) + " on " + Labels.replica(context) + " lacks " + PRIVILEGE
                                + ", needed to " + Definers.purpose(context) + Listing.of(beyond)
                                + ", which are system accounts there",
                        NeverGranted.on(context.replica(), List.of(PRIVILEGE))
                                ? NeverGranted.remedy(PRIVILEGE)
                                : "GRANT " + PRIVILEGE + " ON *.* TO " + Definers.user(context)));
    }
}
