// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.TableEngine;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Quote;
import java.util.List;

/** Only transactional tables are copied: the rows of others are in no consistent snapshot. */
final class NotTransactional implements FactsRule {
    @Override
    public String id() {
        return "not-transactional";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.NOT_TRANSACTIONAL;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        List<TableEngine> tables = context.source().tablesNotTransactional().stream()
                .filter(table -> context.replication().scope().includes(table.table()))
                .toList();
        if (tables.isEmpty() || !PlanReach.copies(context)) {
            return List.of();
        }
        List<String> conversions = tables.stream()
                .map(table -> "ALTER TABLE " + Quote.identifier(table.table()) + " ENGINE = InnoDB")
                .toList();
        return List.of(Problem.of(
                code(),
                tables.size() + " tables in the scope on " + Labels.source(context) + " are not InnoDB: "
                        + Listing.of(tables),
                "Convert them on the source: " + Listing.of(conversions, "; ")
                        + "; or leave them out with withoutTables(…)"));
    }
}
