// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/**
 * Columns that count up are whole numbers, as 8.4 demands.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/mysql-nutshell.html">MySQL: features removed in 8.4</a>
 */
final class FloatAutoIncrement extends NamedCheck {
    FloatAutoIncrement() {
        super("float-auto-increment", VersionCode.FLOAT_AUTO_INCREMENT, Level.ERROR);
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        boolean concerned = context.replica().version().isAtLeast(8, 4, 0)
                && !context.source().version().isAtLeast(8, 4, 0)
                && PlanReach.copies(context);
        if (!concerned) {
            return List.of();
        }
        Scope scope = context.replication().scope();
        List<String> columns = context
                .sourceSession()
                .query(
                        "SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name, COLUMN_NAME AS col FROM information_schema.COLUMNS"
                                + " WHERE EXTRA LIKE '%auto_increment%' AND DATA_TYPE IN ('float', 'double') AND "
                                + ScopeSql.tables(scope, "TABLE_SCHEMA", "TABLE_NAME") + " ORDER BY 1, 2")
                .stream()
                .filter(row -> scope.includes(TableName.of(row.text("db"), row.text("name"))))
                .map(row -> row.text("col") + " of " + TableName.of(row.text("db"), row.text("name")))
                .toList();
        return columns.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(), Labels.capital(Labels.replica(context)) + " would refuse " + Listing.of(columns)));
    }
}
