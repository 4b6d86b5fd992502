// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.ReplicationFilter;
import java.util.List;
import java.util.stream.Stream;

/** The replication filter lets exactly the scope through. Only names with a dot can deceive it. */
final class FilterAdmitsTooMuch implements LiveCheck {
    @Override
    public String id() {
        return "filter-admits-too-much";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.FILTER_ADMITS;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public boolean canBeSkipped() {
        return false;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        Scope scope = context.replication().scope();
        if (scope.isEverything() || !PlanReach.replicates(context)) {
            return List.of();
        }
        ReplicationFilter filter = ReplicationFilter.of(scope);
        List<TableName> tables = context
                .sourceSession()
                .query("SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name FROM information_schema.TABLES"
                        + " WHERE TABLE_SCHEMA LIKE '%.%' OR TABLE_NAME LIKE '%.%'")
                .stream()
                .map(row -> TableName.of(row.text("db"), row.text("name")))
                .toList();
        List<String> databases = context.sourceSession().query("SHOW DATABASES").stream()
                .flatMap(row -> row.first().stream())
                .toList();
        return Stream.concat(
                        filter.misjudged(tables).stream().map(Quote::identifier),
                        filter.misjudgedDatabases(databases).stream().map(Quote::identifier))
                .map(name -> Problem.of(
                        code(), "The replication filter of this scope would judge " + name + " wrongly: " + filter))
                .toList();
    }
}
