// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** Both servers agree on which names are the same. */
final class NameCase implements FactsRule {
    @Override
    public String id() {
        return "name-case";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.NAME_CASE;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        String source = context.source().variable("lower_case_table_names").orElse("");
        String replica = context.replica().variable("lower_case_table_names").orElse("");
        if (source.equals(replica)) {
            return List.of();
        }
        return List.of(Problem.of(
                code(),
                Labels.capital(Labels.source(context)) + " has lower_case_table_names=" + source + ", and "
                        + Labels.replica(context) + " has " + replica));
    }
}
