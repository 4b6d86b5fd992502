// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** The source's series is not newer than the replica's: older servers do not understand newer logs. */
final class SourceNewer implements FactsRule {
    @Override
    public String id() {
        return "source-newer";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.SOURCE_NEWER;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        ServerVersion source = context.source().version();
        ServerVersion replica = context.replica().version();
        if (!ReleaseSeries.isNewer(source, replica)) {
            return List.of();
        }
        return List.of(Problem.of(
                code(),
                Labels.capital(Labels.source(context)) + " is MySQL " + source + ", newer than "
                        + Labels.replica(context) + ", which is " + replica,
                "Use a replica of MySQL " + ReleaseSeries.name(source) + " or of the series after it"));
    }
}
