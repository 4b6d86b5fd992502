// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/** The source lets hosts in: after too many broken connections from one of them it does not, whatever the password. */
final class HostBlocked extends NamedCheck {
    private static final String QUERY =
            "SELECT IP AS ip, SUM_CONNECT_ERRORS AS errors FROM performance_schema.host_cache"
                    + " WHERE SUM_CONNECT_ERRORS >= @@GLOBAL.max_connect_errors ORDER BY 1 LIMIT 1000";

    HostBlocked() {
        super("host-blocked", LogCode.HOST_BLOCKED, Level.WARNING);
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (!PlanReach.beginsReplication(context)) {
            return List.of();
        }
        List<String> hosts = context.sourceSession().query(QUERY).stream()
                .map(row -> row.text("ip") + " after " + row.text("errors") + " broken connections")
                .toList();
        return hosts.isEmpty()
                ? List.of()
                : List.of(Problem.of(code(), Labels.capital(Labels.source(context)) + " blocks " + Listing.of(hosts)));
    }
}
