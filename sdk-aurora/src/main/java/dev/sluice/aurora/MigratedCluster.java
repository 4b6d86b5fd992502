// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.Problem;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.SeedAcceptance;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.rds.aws.MadeClusters;
import dev.sluice.rds.aws.MadeInstances;
import dev.sluice.rds.managed.ByHand;
import dev.sluice.rds.managed.CreationCode;
import dev.sluice.rds.managed.CreationRules;
import dev.sluice.rds.managed.ManagedArtefact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A new cluster that begins as a snapshot of an instance of RDS for MySQL. */
final class MigratedCluster implements SeedAcceptance {
    private final @Nullable MadeClusters made;
    private final @Nullable MadeInstances instances;

    MigratedCluster(@Nullable MadeClusters made, @Nullable MadeInstances instances) {
        this.made = made;
        this.instances = instances;
    }

    @Override
    public Artefact artefact() {
        return ManagedArtefact.STILL_REPLICA;
    }

    @Override
    public List<Problem> unfit(StepContext context) {
        List<Problem> otherKind = CreatedReadReplica.isNotOrdinary(context);
        if (!otherKind.isEmpty()) {
            return otherKind;
        }
        if (!(context.replication().replica() instanceof NewAuroraCluster created)) {
            return List.of(Problem.of(
                    CreationCode.NOT_TO_BE_CREATED,
                    "The replica " + context.replication().replica().label() + " is there"));
        }
        List<Problem> problems = new ArrayList<>(
                CreationRules.places(MigrateSnapshot.source(context).place(), created.place()).stream()
                        .toList());
        if (created.shape().parameterGroup().isEmpty()) {
            problems.add(Problem.of(
                    CreationCode.GROUP_UNFIT,
                    "A cluster cannot have the parameter group of an instance, and the plan names none",
                    "Name a DB cluster parameter group that switches the binary log on: parameterGroup(…)"));
        }
        if (made == null || instances == null) {
            problems.addAll(ByHand.problems(context));
        }
        return problems;
    }

    @Override
    public Step step() {
        return new MigrateSnapshot(made, instances);
    }
}
