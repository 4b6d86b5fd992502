// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Grants;
import java.util.List;

/** The replica's user may create objects for the definers that they have. */
final class ForeignDefiners implements LiveCheck {
    @Override
    public String id() {
        return "foreign-definers";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.DEFINERS;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        ServerFacts replica = context.replica();
        List<String> anyOf = privileges(replica.version());
        if (!PlanReach.copies(context) || Grants.parse(replica.grants()).hasAny(anyOf)) {
            return List.of();
        }
        String account = Account.of(
                replica, context.replication().replica().credentials().user());
        List<String> others = Definers.of(context).stream()
                .filter(definer -> !Definers.quoted(definer).equals(account))
                .toList();
        return others.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        account + " on " + Labels.replica(context) + " lacks " + String.join(" or ", anyOf)
                                + ", needed to create objects for their definers " + Listing.of(others),
                        "GRANT " + anyOf.get(0) + " ON *.* TO " + account));
    }

    /** The privilege was renamed twice. */
    private static List<String> privileges(ServerVersion version) {
        if (version.isAtLeast(8, 4, 0)) {
            return List.of("SET_ANY_DEFINER");
        }
        if (version.isAtLeast(8, 2, 0)) {
            return List.of("SET_ANY_DEFINER", "SET_USER_ID", "SUPER");
        }
        return version.isAtLeast(8, 0, 0) ? List.of("SET_USER_ID", "SUPER") : List.of("SUPER");
    }
}
