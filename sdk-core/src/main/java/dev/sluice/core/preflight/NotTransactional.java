// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.TableEngine;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Only transactional tables are copied: the rows of others are in no consistent snapshot. */
final class NotTransactional implements FactsRule {
    private static final int SHOWN = 20;

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
        return List.of(Problem.of(
                code(),
                tables.size() + " tables in the scope on " + Labels.source(context) + " are not InnoDB: "
                        + first(tables, TableEngine::toString, ", "),
                "Convert them on the source: " + first(tables, NotTransactional::conversion, "; ")
                        + "; or leave them out with withoutTables(…)"));
    }

    private static String conversion(TableEngine table) {
        return "ALTER TABLE " + Quote.identifier(table.table()) + " ENGINE = InnoDB";
    }

    private static String first(List<TableEngine> tables, Function<TableEngine, String> text, String separator) {
        String shown = tables.stream().limit(SHOWN).map(text).collect(Collectors.joining(separator));
        return tables.size() <= SHOWN ? shown : shown + separator + "and " + (tables.size() - SHOWN) + " more";
    }
}
