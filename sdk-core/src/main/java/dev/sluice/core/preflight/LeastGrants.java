// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.api.privileges.PrivilegeGrant;
import dev.sluice.core.mysql.Grants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fewest grants with which one account meets its needs, by the very test that tells what an account lacks. What leaves no choice comes
 * first, and what holds everywhere before what holds for a database or a table, so that nothing is granted twice.
 */
final class LeastGrants {
    private final ServerFacts server;
    private final Grants held;
    private final String account;
    private final Map<Place, Set<String>> reasons = new LinkedHashMap<>();

    private record Place(String privilege, String object) {}

    private LeastGrants(ServerFacts server, String account) {
        this.server = server;
        this.held = Grants.parse(server.grants());
        this.account = account;
    }

    static List<PrivilegeGrant> of(Target target, ServerFacts server, String account, List<Need> needs) {
        LeastGrants least = new LeastGrants(server, account);
        needs.stream()
                .filter(need -> need.target() == target || need.target() == Target.BOTH)
                .sorted(Comparator.comparingInt(LeastGrants::rank))
                .forEach(least::meet);
        return least.grants();
    }

    private static int rank(Need need) {
        return breadth(need) + (need.anyOf().size() > 1 ? 1 : 0);
    }

    private static int breadth(Need need) {
        if (need.database().isEmpty()) {
            return 0;
        }
        return need.tables().isEmpty() ? 2 : 4;
    }

    private void meet(Need need) {
        List<String> lines = lines();
        if (need.isMetBy(Grants.parse(lines))) {
            reasons.forEach((place, known) -> {
                if (need.anyOf().contains(place.privilege()) && isWhere(need, place)) {
                    known.add(need.reason());
                }
            });
            return;
        }
        String privilege = best(need);
        need.objects(server)
                .forEach(
                        object -> reasons.computeIfAbsent(new Place(privilege, object), absent -> new LinkedHashSet<>())
                                .add(need.reason()));
    }

    /** Nobody on the server may be able to grant the most fitting one, as on RDS; what the present login holds can be granted. */
    private String best(Need need) {
        return need.anyOf().stream().filter(held::has).findFirst().orElseGet(need::privilege);
    }

    private boolean isWhere(Need need, Place place) {
        return place.object().equals("*.*")
                || need.objects(server).contains(place.object())
                || need.onWholeDatabase().objects(server).contains(place.object());
    }

    /** As the server would show them. */
    private List<String> lines() {
        return reasons.keySet().stream()
                .map(place -> GrantText.of(List.of(place.privilege()), place.object(), account))
                .toList();
    }

    private List<PrivilegeGrant> grants() {
        List<PrivilegeGrant> grants = new ArrayList<>();
        reasons.forEach(
                (place, why) -> grants.add(new PrivilegeGrant(place.privilege(), place.object(), List.copyOf(why))));
        return grants;
    }
}
