// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.facts.ServerVersion;
import java.util.List;

/**
 * What a server demands of whoever creates or alters objects for other definers than itself. SUPER is enough on all versions, also where
 * it is said to be replaced (seen on 9.7.4), but never for system accounts. The one to ask for comes first.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/stored-objects-security.html">MySQL: stored object access control</a>
 */
final class DefinerPrivileges {
    /** From 8.0.16 on, for definers that hold it, whatever else the user may do. */
    static final String OF_SYSTEM_ACCOUNTS = "SYSTEM_USER";

    private DefinerPrivileges() {}

    /** The privilege was renamed twice. */
    static List<String> forOthers(ServerVersion version) {
        if (version.isAtLeast(8, 4, 0)) {
            return List.of("SET_ANY_DEFINER", "SUPER");
        }
        if (version.isAtLeast(8, 2, 0)) {
            return List.of("SET_ANY_DEFINER", "SET_USER_ID", "SUPER");
        }
        return version.isAtLeast(8, 0, 0) ? List.of("SET_USER_ID", "SUPER") : List.of("SUPER");
    }

    /** For definers that do not exist there; empty where nothing more is demanded for them. */
    static List<String> forNonexistent(ServerVersion version) {
        return version.isAtLeast(8, 2, 0) ? List.of("ALLOW_NONEXISTENT_DEFINER", "SUPER") : List.of();
    }

    static boolean protectSystemAccounts(ServerVersion version) {
        return version.isAtLeast(8, 0, 16);
    }
}
