// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** The replica takes packets as large as the source does. */
final class PacketSmaller implements FactsRule {
    @Override
    public String id() {
        return "packet-smaller";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.PACKET_SMALLER;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        long source = size(context.source());
        long replica = size(context.replica());
        if (replica == 0 || replica >= source) {
            return List.of();
        }
        return List.of(Problem.of(
                code(),
                Labels.capital(Labels.source(context)) + " takes packets of " + source + " bytes, and "
                        + Labels.replica(context) + " only of " + replica,
                "SET GLOBAL max_allowed_packet = " + source + " on the replica, and put it into its option file"));
    }

    private static long size(ServerFacts server) {
        return server.variable("max_allowed_packet").map(Long::parseLong).orElse(0L);
    }
}
