// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Grants;
import java.util.List;
import java.util.Set;

/** The replica's user may create objects, and enable events, for definers that do not exist there (from 8.2). */
final class NonexistentDefiners implements LiveCheck {
    private static final String ACCOUNTS = "SELECT User AS user, Host AS host FROM mysql.user";

    /** The accounts of the replica, quoted. */
    static Set<String> accounts(LiveContext context) {
        return Definers.accounts(context, ACCOUNTS, "mysql.user", "which definers exist there");
    }

    @Override
    public String id() {
        return "nonexistent-definers";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.DEFINERS_NOT_THERE;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        List<String> anyOf = DefinerPrivileges.forNonexistent(context.replica().version());
        if (anyOf.isEmpty() || Grants.parse(context.replica().grants()).hasAny(anyOf)) {
            return List.of();
        }
        List<String> others = Definers.others(context);
        if (others.isEmpty()) {
            return List.of();
        }
        Set<String> there = accounts(context);
        List<String> gone = others.stream()
                .filter(definer -> !there.contains(Definers.quoted(definer)))
                .toList();
        return gone.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        Definers.user(context) + " on " + Labels.replica(context) + " lacks "
                                + String.join(" or ", anyOf) + ", needed to " + Definers.purpose(context)
                                + Listing.of(gone) + ", which do not exist there",
                        "GRANT " + anyOf.get(0) + " ON *.* TO " + Definers.user(context)));
    }
}
