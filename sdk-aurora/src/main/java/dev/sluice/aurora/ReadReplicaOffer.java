// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.rds.managed.CreationRules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The source's cluster as one that AWS makes a replica of, in another region; see {@link AuroraSeed#READ_REPLICA}. */
final class ReadReplicaOffer implements SeedOffer {
    @Override
    public Seed seed() {
        return AuroraSeed.READ_REPLICA;
    }

    @Override
    public Artefact artefact() {
        return AuroraArtefact.READ_REPLICA;
    }

    /** Nobody but replication can write there, so that events cannot be disabled there, as they are on other copies. */
    @Override
    public List<Problem> unfit(StepContext context) {
        List<Problem> problems = new ArrayList<>(CreationRules.problems(context));
        List<EventFacts> enabled =
                context.source().events().stream().filter(EventFacts::isEnabled).toList();
        if (!enabled.isEmpty()) {
            problems.add(Problem.of(
                    ReadReplicaCode.EVENTS_ENABLED,
                    "These events are enabled on the source: "
                            + enabled.stream()
                                    .map(event -> event.name().toString())
                                    .collect(Collectors.joining(", "))));
        }
        return problems;
    }

    @Override
    public Step step() {
        return new NothingToDo(
                "leave-snapshot-to-aws",
                GuideStep.SNAPSHOT,
                "AWS takes the data to the other region itself: no lock is taken on the source, and no row is read from it.");
    }
}
