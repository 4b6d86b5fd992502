// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Quote;
import java.util.List;

/** The replica follows nobody, or this source by this plan's own channel. */
final class ReplicaFollowsAnother implements FactsRule {
    @Override
    public String id() {
        return "replica-follows-another";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.REPLICA_FOLLOWS_ANOTHER;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        return context.replica().channels().stream()
                .filter(channel -> !isOwn(context, channel))
                .map(channel -> Problem.of(
                        code(),
                        Labels.capital(Labels.replica(context)) + " already replicates from "
                                + channel.sourceHost() + ":" + channel.sourcePort() + " as "
                                + Quote.literal(channel.user()) + " by its channel '" + channel.name() + "'"))
                .toList();
    }

    /** The plan's own channel is the default one, if the replica follows this source by this plan's account at all. */
    private static boolean isOwn(StepContext context, ChannelFacts channel) {
        return context.alreadyReplicating() && channel.name().isEmpty();
    }
}
