// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.spi.StepContext;
import dev.sluice.rds.aws.AwsPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold, by the facts, before a whole copy of the source can be the replica. Thread-safe: no state. */
public final class CreationRules {
    private CreationRules() {}

    /** Why a copy of the source does not do. */
    public static List<Problem> problems(StepContext context) {
        List<Problem> problems = new ArrayList<>();
        if (!context.replication().scope().isEverything()) {
            problems.add(Problem.of(
                    CreationCode.SCOPE_NOT_WHOLE,
                    "The plan is about " + context.replication().scope()
                            + ", and what the replica holds besides would stay as it is at the snapshot"));
        }
        if (!context.source().channels().isEmpty()) {
            problems.add(Problem.of(
                    CreationCode.SOURCE_REPLICATES,
                    "The source " + context.source().address() + " replicates from "
                            + context.source().channels().get(0).sourceHost()));
        }
        CopiedEvents.problem(context).ifPresent(problems::add);
        return problems;
    }

    /** Why a copy of a server there cannot be made here. */
    public static Optional<Problem> places(AwsPlace source, AwsPlace replica) {
        return source.equals(replica)
                ? Optional.empty()
                : Optional.of(Problem.of(
                        CreationCode.OTHER_PLACE,
                        "The source is in " + source + ", the new server would be in " + replica));
    }
}
