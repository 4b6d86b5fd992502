// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Row;
import java.util.List;

/**
 * With its binary log on, a server lets only SUPER create functions and triggers, which nobody has on RDS, unless it is told to trust.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/stored-programs-logging.html">MySQL: stored program binary logging</a>
 */
final class RoutineCheck implements Check {
    @Override
    public String id() {
        return "rds-trust-function-creators";
    }

    @Override
    public List<Finding> examine(LiveContext context) {
        boolean refuses = context.replicaSession()
                .queryValue("SELECT @@GLOBAL.log_bin AND NOT @@GLOBAL.log_bin_trust_function_creators")
                .filter("1"::equals)
                .isPresent();
        if (!refuses) {
            return List.of();
        }
        Scope scope = context.replication().scope();
        return context
                .sourceSession()
                .query(
                        "SELECT DISTINCT TRIGGER_SCHEMA AS db FROM information_schema.TRIGGERS UNION SELECT DISTINCT ROUTINE_SCHEMA"
                                + " FROM information_schema.ROUTINES WHERE ROUTINE_TYPE = 'FUNCTION'")
                .stream()
                .map(Row::first)
                .flatMap(java.util.Optional::stream)
                .filter(scope::touches)
                .findFirst()
                .map(database -> List.of(finding(database)))
                .orElse(List.of());
    }

    private Finding finding(String database) {
        return new Finding(
                id(),
                Finding.Level.ERROR,
                Problem.of(
                        RdsErrorCode.ROUTINES_REFUSED,
                        "The replica will refuse the functions and triggers of database " + database
                                + " (MySQL error 1419)"));
    }
}
