// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.core.mysql.Grants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a plan's users may not do and would have to: one problem for each privilege and server, with the statement that grants it. */
final class MissingPrivileges {
    private MissingPrivileges() {}

    static List<Problem> on(Target target, ServerFacts server, Login login, List<Need> needs) {
        if (needs.isEmpty()) {
            return List.of();
        }
        if (server.grants().isEmpty()) {
            return List.of(Problem.of(
                    RuleCode.GRANTS_UNKNOWN,
                    "The privileges of " + login.user() + " on " + login.label() + " are not known"));
        }
        Grants grants = Grants.parse(server.grants());
        Map<List<String>, List<Need>> missing = needs.stream()
                .filter(need -> need.target() == target || need.target() == Target.BOTH)
                .filter(need -> !need.isMetBy(grants))
                .collect(Collectors.groupingBy(Need::anyOf, LinkedHashMap::new, Collectors.toList()));
        String account = Account.of(server, login.user());
        return missing.values().stream()
                .map(needed -> problem(account, login, needed, server))
                .toList();
    }

    /**
     * Who logs in where.
     *
     * @param user the user's name
     * @param label what messages call the server
     */
    record Login(String user, String label) {}

    private static Problem problem(String account, Login login, List<Need> needed, ServerFacts server) {
        String privilege = needed.get(0).privilege();
        List<String> objects = objects(needed, server);
        String reasons = needed.stream().map(Need::reason).distinct().collect(Collectors.joining(", and "));
        return Problem.of(
                RuleCode.PRIVILEGE_MISSING,
                account + " lacks " + String.join(" or ", needed.get(0).anyOf()) + " ON " + String.join(", ", objects)
                        + " on " + login.label() + ", needed to " + reasons,
                objects.stream()
                        .map(object -> "GRANT " + privilege + " ON " + object + " TO " + account)
                        .collect(Collectors.joining("; ")));
    }

    /** A privilege on everything holds for each database. */
    private static List<String> objects(List<Need> needed, ServerFacts server) {
        List<String> all = needed.stream()
                .flatMap(need -> need.objects(server).stream())
                .distinct()
                .toList();
        return all.contains("*.*") ? List.of("*.*") : all;
    }
}
