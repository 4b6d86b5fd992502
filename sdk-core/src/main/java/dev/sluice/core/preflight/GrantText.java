// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.privileges.PrivilegeGrant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes GRANT statements, one an object. */
final class GrantText {
    /** It lets all dynamic privileges be passed on that are held when it is granted (seen on 8.0.31), so that it comes before them. */
    private static final String PASSING_ON = "GRANT OPTION";

    private GrantText() {}

    /**
     * One statement.
     *
     * @param object quoted
     * @param account quoted
     */
    static String of(List<String> privileges, String object, String account) {
        return "GRANT " + String.join(", ", privileges) + " ON " + object + " TO " + account;
    }

    static List<String> of(List<PrivilegeGrant> grants, String account) {
        List<String> statements = new ArrayList<>();
        byObject(grants, true).forEach((object, privileges) -> statements.add(of(privileges, object, account)));
        byObject(grants, false).forEach((object, privileges) -> statements.add(of(privileges, object, account)));
        return statements;
    }

    private static Map<String, List<String>> byObject(List<PrivilegeGrant> grants, boolean passingOn) {
        Map<String, List<String>> byObject = new LinkedHashMap<>();
        grants.stream()
                .filter(grant -> grant.privilege().equals(PASSING_ON) == passingOn)
                .forEach(grant -> byObject.computeIfAbsent(grant.object(), absent -> new ArrayList<>())
                        .add(grant.privilege()));
        return byObject;
    }
}
