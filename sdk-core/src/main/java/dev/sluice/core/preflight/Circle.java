// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** The source does not follow the replica, or each change would come back to where it began. */
final class Circle implements FactsRule {
    @Override
    public String id() {
        return "circle";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.CIRCLE;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        return context.source().channels().stream()
                .filter(channel -> leadsTo(context.replica(), channel))
                .map(channel -> Problem.of(
                        code(),
                        Labels.capital(Labels.source(context)) + " replicates from " + Labels.replica(context)
                                + " by its channel '" + channel.name() + "'",
                        "End that replication first: EndPlan.of(…) for "
                                + context.replication().source().label()))
                .toList();
    }

    private static boolean leadsTo(ServerFacts server, ChannelFacts channel) {
        return channel.sourceUuid().isEmpty()
                ? channel.sourceHost().equalsIgnoreCase(server.address().host())
                        && channel.sourcePort() == server.address().port()
                : channel.sourceUuid().equalsIgnoreCase(server.serverUuid());
    }
}
