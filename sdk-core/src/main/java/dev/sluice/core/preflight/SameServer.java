// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** The two ends are two servers. */
final class SameServer implements FactsRule {
    @Override
    public String id() {
        return "same-server";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.SAME_SERVER;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        String uuid = context.source().serverUuid();
        if (uuid.isEmpty() || !uuid.equalsIgnoreCase(context.replica().serverUuid())) {
            return List.of();
        }
        return List.of(Problem.of(
                code(),
                Labels.capital(Labels.source(context)) + " and " + Labels.replica(context)
                        + " are one server, or one was made from the other's files: both have server_uuid " + uuid));
    }
}
