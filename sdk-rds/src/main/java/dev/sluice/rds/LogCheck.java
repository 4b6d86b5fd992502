// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/** RDS's procedures take the replication password as an argument, and the replica's general log shows it. */
final class LogCheck implements Check {
    @Override
    public String id() {
        return "rds-password-in-log";
    }

    @Override
    public List<Finding> examine(LiveContext context) {
        boolean on = context.replicaSession()
                .queryValue("SELECT @@GLOBAL.general_log")
                .filter("1"::equals)
                .isPresent();
        return on
                ? List.of(new Finding(
                        id(),
                        Finding.Level.WARNING,
                        Problem.of(
                                RdsErrorCode.PASSWORD_IN_LOG,
                                "The general log of the replica is on, and will hold the replication password")))
                : List.of();
    }
}
