// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** A plan that ends or pauses a replication and names its source names the one that the replica follows. */
final class EndOfAnother {
    private EndOfAnother() {}

    static List<Problem> problems(StepContext context) {
        return context.findSource().stream()
                .flatMap(source -> context.replica().channels().stream()
                        .filter(channel -> channel.name().isEmpty())
                        .filter(channel -> !channel.sourceUuid().isEmpty())
                        .filter(channel -> !channel.sourceUuid().equalsIgnoreCase(source.serverUuid()))
                        .map(channel -> Problem.of(
                                RuleCode.END_OF_ANOTHER,
                                "The replica " + context.plan().replica().label() + " follows "
                                        + channel.sourceHost() + ":" + channel.sourcePort() + " (server "
                                        + channel.sourceUuid() + "), and the plan names a source that is server "
                                        + source.serverUuid())))
                .toList();
    }
}
