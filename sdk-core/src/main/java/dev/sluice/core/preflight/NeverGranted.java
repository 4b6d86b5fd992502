// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.facts.ServerFacts;
import java.util.List;
import java.util.Set;

/**
 * Privileges that providers of managed servers grant to nobody, and so not to those who administer them either: no script can ask for them.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html">AWS: master user privileges</a>
 */
final class NeverGranted {
    private static final Set<String> PRIVILEGES = Set.of("SUPER", DefinerPrivileges.OF_SYSTEM_ACCOUNTS);

    private NeverGranted() {}

    /** Whether this server is managed, and nobody can be granted any of these there. */
    static boolean on(ServerFacts server, List<String> anyOf) {
        return !server.routines().isEmpty() && PRIVILEGES.containsAll(anyOf);
    }

    /** What else can be done about the definers of objects. */
    static String remedy(String privilege) {
        return "Give the objects another definer on the source, or log in as the only account that has defined them: "
                + privilege + " is granted to nobody there";
    }

    /** The same for who reads a script. */
    static String note(Need need) {
        return "Not enough to " + need.reason() + ". " + remedy(need.privilege()) + ".";
    }
}
