// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.stream.Stream;

/** The databases that the scope names are on the source. */
final class DatabaseUnknown implements FactsRule {
    @Override
    public String id() {
        return "database-unknown";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.DATABASE_UNKNOWN;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        Scope scope = context.replication().scope();
        if (context.alreadyReplicating()) {
            return List.of();
        }
        return Stream.concat(scope.databases().stream(), scope.tables().stream().map(TableName::database))
                .distinct()
                .filter(scope::touches)
                .filter(database -> !context.source().databases().contains(database))
                .map(database -> Problem.of(
                        code(),
                        "The scope names the database " + Quote.identifier(database) + ", which "
                                + Labels.source(context) + " does not show to "
                                + context.replication().source().credentials().user()
                                + (context.source().isOn("lower_case_table_names")
                                        ? "; this server stores names in lower case"
                                        : "")))
                .toList();
    }
}
