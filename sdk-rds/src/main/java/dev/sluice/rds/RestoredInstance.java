// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.error.Problem;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.SeedAcceptance;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.rds.aws.MadeInstances;
import dev.sluice.rds.managed.CreationCode;
import dev.sluice.rds.managed.CreationRules;
import dev.sluice.rds.managed.ManagedArtefact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A new instance that begins as a snapshot of an instance that stands still. */
final class RestoredInstance implements SeedAcceptance {
    private final @Nullable MadeInstances made;

    RestoredInstance(@Nullable MadeInstances made) {
        this.made = made;
    }

    @Override
    public Artefact artefact() {
        return ManagedArtefact.STILL_REPLICA;
    }

    @Override
    public List<Problem> unfit(StepContext context) {
        if (!(context.replication().replica() instanceof NewRdsInstance created)) {
            return List.of(Problem.of(
                    CreationCode.NOT_TO_BE_CREATED,
                    "The replica " + context.replication().replica().label() + " is there"));
        }
        return CreationRules.places(HoldReadReplica.source(context).place(), created.place()).stream()
                .toList();
    }

    @Override
    public Step step() {
        return new RestoreInstance(made);
    }
}
