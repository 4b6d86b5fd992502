// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.facts.ServerVersion;
import java.util.List;

/**
 * Which release series MySQL replicates to which. A source may be of the replica's series or of an older one, as long as no
 * long-term series lies between them: 8.0 to 8.1, 8.3 or 8.4, and 8.4 to 9.0 or 9.7, but not 8.0 to 9.0. From 26.7 on versions
 * are dates, and larger than all before.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/mysql-releases.html">MySQL: innovation and LTS releases</a>
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-compatibility.html">MySQL: replication compatibility</a>
 */
final class ReleaseSeries {
    /** Bugfix and long-term series, in order. */
    private static final List<ServerVersion> LONG_TERM = List.of(
            ServerVersion.of(5, 7, 0), ServerVersion.of(8, 0, 0), ServerVersion.of(8, 4, 0), ServerVersion.of(9, 7, 0));

    private ReleaseSeries() {}

    static boolean same(ServerVersion one, ServerVersion other) {
        return of(one).equals(of(other));
    }

    static boolean isNewer(ServerVersion one, ServerVersion other) {
        return of(one).compareTo(of(other)) > 0;
    }

    /** Whether the second series follows the first closely enough, or is the same. */
    static boolean adjacent(ServerVersion older, ServerVersion newer) {
        return LONG_TERM.stream()
                .noneMatch(between -> between.compareTo(of(older)) > 0 && between.compareTo(of(newer)) < 0);
    }

    static String name(ServerVersion version) {
        return version.major() + "." + version.minor();
    }

    private static ServerVersion of(ServerVersion version) {
        return ServerVersion.of(version.major(), version.minor(), 0);
    }
}
