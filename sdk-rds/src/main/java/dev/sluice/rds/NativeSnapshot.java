// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.rds.aws.RdsControlPlane;
import dev.sluice.rds.managed.ByHand;
import dev.sluice.rds.managed.CreationRules;
import dev.sluice.rds.managed.ManagedArtefact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** See {@link RdsSeed#DB_SNAPSHOT}: the same read replica that rows could be copied from, as the beginning of one that is created. */
final class NativeSnapshot implements SeedOffer {
    private final TemporaryReadReplica still;
    private final @Nullable RdsControlPlane plane;

    NativeSnapshot(@Nullable RdsControlPlane plane) {
        this.still = new TemporaryReadReplica(plane);
        this.plane = plane;
    }

    @Override
    public Seed seed() {
        return RdsSeed.DB_SNAPSHOT;
    }

    @Override
    public Artefact artefact() {
        return ManagedArtefact.STILL_REPLICA;
    }

    @Override
    public List<Problem> unfit(StepContext context) {
        List<Problem> problems = new ArrayList<>(still.unfit(context));
        if (plane == null) {
            problems.addAll(ByHand.problems(context));
        }
        problems.addAll(CreationRules.problems(context));
        return problems;
    }

    @Override
    public Step step() {
        return HoldReadReplica.toBeSnapshotted(plane);
    }

    @Override
    public Optional<Endpoint> server(StepContext context, RunId run) {
        return still.server(context, run);
    }

    @Override
    public Optional<Endpoint> server(StepContext context, RunId run, Function<String, Optional<String>> told) {
        return still.server(context, run, told);
    }
}
