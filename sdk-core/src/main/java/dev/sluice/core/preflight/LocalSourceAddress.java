// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;
import java.util.Locale;

/** The address at which the replica looks for the source does not mean the replica's own host. */
final class LocalSourceAddress implements FactsRule {
    @Override
    public String id() {
        return "local-source-address";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.SOURCE_ADDRESS;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        ServerAddress source = context.sourceAsSeenByReplica();
        if (!isLocal(source) || isLocal(context.replica().address()) || !PlanReach.beginsReplication(context)) {
            return List.of();
        }
        return List.of(Problem.of(
                code(),
                Labels.capital(Labels.replica(context)) + " would look for the source at " + source
                        + ", its own host"));
    }

    private static boolean isLocal(ServerAddress address) {
        String host = address.host().toLowerCase(Locale.ROOT);
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d+){3}");
    }
}
