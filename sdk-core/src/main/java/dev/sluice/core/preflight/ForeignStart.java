// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** Start coordinates are the source's own. */
final class ForeignStart implements FactsRule {
    @Override
    public String id() {
        return "foreign-start";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.FOREIGN_START;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        return context.replication().start().stream()
                .filter(start ->
                        !start.serverUuid().equalsIgnoreCase(context.source().serverUuid()))
                .map(start -> Problem.of(
                        code(),
                        "The plan starts from " + start.position() + " of server " + start.serverUuid() + ", and "
                                + Labels.source(context) + " is server "
                                + context.source().serverUuid()))
                .toList();
    }
}
