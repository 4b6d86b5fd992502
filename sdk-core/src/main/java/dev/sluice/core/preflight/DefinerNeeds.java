// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.operation.Target;
import dev.sluice.api.spi.LiveContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the replica's user needs to create the plan's objects, or enable its events, for those who defined them; asks both servers. */
final class DefinerNeeds {
    private DefinerNeeds() {}

    static List<Need> of(LiveContext context) {
        List<String> others = Definers.others(context);
        if (others.isEmpty()) {
            return List.of();
        }
        ServerVersion version = context.replica().version();
        List<Need> needs = new ArrayList<>();
        needs.add(need(context, others, DefinerPrivileges.forOthers(version)));
        List<String> forNonexistent = DefinerPrivileges.forNonexistent(version);
        if (!forNonexistent.isEmpty()) {
            Set<String> there = NonexistentDefiners.accounts(context);
            List<String> gone = others.stream()
                    .filter(definer -> !there.contains(Definers.quoted(definer)))
                    .toList();
            if (!gone.isEmpty()) {
                needs.add(need(context, gone, forNonexistent));
            }
        }
        if (DefinerPrivileges.protectSystemAccounts(version)) {
            Set<String> system = SystemDefiners.accounts(context);
            List<String> beyond = others.stream()
                    .filter(definer -> system.contains(Definers.quoted(definer)))
                    .toList();
            if (!beyond.isEmpty()) {
                needs.add(need(context, beyond, List.of(DefinerPrivileges.OF_SYSTEM_ACCOUNTS)));
            }
        }
        return needs;
    }

    private static Need need(LiveContext context, List<String> definers, List<String> anyOf) {
        return new Need(Target.REPLICA, anyOf, "", List.of(), Definers.purpose(context) + Listing.of(definers));
    }
}
