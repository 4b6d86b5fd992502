// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.ReplicationFilter;
import dev.sluice.core.mysql.ShownFilter;
import java.util.List;

/** The replica's option file holds the plan's filter or none. Before 8.0 servers do not tell. */
final class StoredFilter implements LiveCheck {
    @Override
    public String id() {
        return "stored-filter";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.STORED_FILTER;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public boolean canBeSkipped() {
        return false;
    }

    /** The performance schema. */
    @Override
    public boolean needsMoreThanPlans() {
        return true;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (!context.replica().version().isAtLeast(8, 0, 1) || !PlanReach.replicates(context)) {
            return List.of();
        }
        ShownFilter stored = ShownFilter.ofPerformanceSchema(context.replicaSession()
                .query("SELECT FILTER_NAME AS filter_name, FILTER_RULE AS filter_rule"
                        + " FROM performance_schema.replication_applier_global_filters"
                        + " WHERE CONFIGURED_BY = 'STARTUP_OPTIONS'"));
        ReplicationFilter wanted = ReplicationFilter.of(context.replication().scope());
        return stored.withoutSystemTables().isEmpty() || wanted.isShownAs(stored)
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        Labels.capital(Labels.replica(context)) + " was started with the replication filter " + stored,
                        "Put these lines into its option file in place of the others, or none, and restart it: "
                                + String.join("; ", wanted.optionFileLines())));
    }
}
