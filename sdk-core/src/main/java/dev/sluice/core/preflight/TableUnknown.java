// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables that the scope names are on the source. */
final class TableUnknown implements LiveCheck {
    @Override
    public String id() {
        return "table-unknown";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.TABLE_UNKNOWN;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        Scope scope = context.replication().scope();
        if (scope.tables().isEmpty()) {
            return List.of();
        }
        Set<TableName> there = context
                .sourceSession()
                .query("SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name FROM information_schema.TABLES WHERE "
                        + ScopeSql.tables(scope, "TABLE_SCHEMA", "TABLE_NAME"))
                .stream()
                .map(row -> TableName.of(row.text("db"), row.text("name")))
                .collect(Collectors.toSet());
        return scope.tables().stream()
                .filter(scope::includes)
                .filter(table -> !there.contains(table))
                .map(table -> Problem.of(
                        code(),
                        "The scope names " + Quote.identifier(table) + ", which " + Labels.source(context)
                                + " does not show"))
                .toList();
    }
}
