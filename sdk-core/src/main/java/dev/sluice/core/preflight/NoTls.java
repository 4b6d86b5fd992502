// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.StepContext;
import java.util.List;
import java.util.stream.Stream;

/** Both servers offer TLS, or the plan allows plain text. */
final class NoTls implements FactsRule {
    @Override
    public String id() {
        return "no-tls";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.NO_TLS;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        if (context.allows(Consent.PLAIN_TEXT)) {
            return List.of();
        }
        return Stream.of(
                        context.source().tlsOffered() ? "" : Labels.source(context),
                        context.replica().tlsOffered() ? "" : Labels.replica(context))
                .filter(server -> !server.isEmpty())
                .map(server -> Problem.of(code(), Labels.capital(server) + " offers no TLS"))
                .toList();
    }
}
