// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** Within one series the replica is not the older release. */
final class SourcePatchNewer implements FactsRule {
    @Override
    public String id() {
        return "source-patch-newer";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.SOURCE_PATCH_NEWER;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        ServerVersion source = context.source().version();
        ServerVersion replica = context.replica().version();
        if (!ReleaseSeries.same(source, replica) || source.compareTo(replica) <= 0) {
            return List.of();
        }
        return List.of(Problem.of(
                code(),
                Labels.capital(Labels.source(context)) + " is MySQL " + source + ", and " + Labels.replica(context)
                        + " the older " + replica));
    }
}
