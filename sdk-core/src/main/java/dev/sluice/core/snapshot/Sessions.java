// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionViews;
import java.util.List;
import java.util.stream.Collectors;

/** Sees which sessions of the same user the server still has. Thread-safe: no state. */
final class Sessions {
    private Sessions() {}

    /**
     * How many of these the server has.
     *
     * @throws dev.sluice.api.error.StepException if it cannot be asked
     */
    static long countOf(List<Long> ids, MySqlSession asking) {
        if (ids.isEmpty()) {
            return asking.queryValue("SELECT 0").map(Long::parseLong).orElse(0L);
        }
        String list = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return asking.queryValue("SELECT COUNT(*) FROM "
                        + SessionViews.of(asking, asking.version()).sessions() + " WHERE ID IN (" + list + ")")
                .map(Long::parseLong)
                .orElse(0L);
    }
}
