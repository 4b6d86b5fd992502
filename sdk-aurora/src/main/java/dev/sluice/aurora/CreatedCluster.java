// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.Problem;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.SeedAcceptance;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.rds.aws.MadeClusters;
import dev.sluice.rds.managed.CreationRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A new cluster that begins as a copy of the source's: cloned, or restored from a snapshot. */
final class CreatedCluster implements SeedAcceptance {
    private final ClusterCopy.Origin origin;
    private final @Nullable MadeClusters made;

    CreatedCluster(ClusterCopy.Origin origin, @Nullable MadeClusters made) {
        this.origin = origin;
        this.made = made;
    }

    @Override
    public Artefact artefact() {
        return origin == ClusterCopy.Origin.CLONE ? AuroraArtefact.CLUSTER : AuroraArtefact.SNAPSHOT;
    }

    @Override
    public List<Problem> unfit(StepContext context) {
        List<Problem> otherKind = CreatedReadReplica.isNotOrdinary(context);
        return otherKind.isEmpty()
                ? CreationRules.places(
                                CopyCluster.source(context).place(),
                                CreateCluster.replica(context).place())
                        .stream()
                        .toList()
                : otherKind;
    }

    @Override
    public Step step() {
        return made == null ? new CreateClusterByHand(origin) : new CreateCluster(origin, made);
    }
}
