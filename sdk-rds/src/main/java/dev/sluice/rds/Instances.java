// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.rds.aws.RdsCalls;
import dev.sluice.rds.aws.RdsControlPlane;
import dev.sluice.rds.aws.RdsInstance;
import dev.sluice.rds.managed.ManagedSteps;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What AWS says about instances, if there is a control plane to ask. Thread-safe. */
final class Instances {
    private final @Nullable RdsControlPlane plane;

    Instances(@Nullable RdsControlPlane plane) {
        this.plane = plane;
    }

    /** How often a step looks that asks AWS for them, if there is anybody to ask. */
    PollPace pace() {
        return plane == null ? PollPace.OF_SERVERS : plane.pace();
    }

    /** The draft with what speaks against a new retention of backups of the source, which takes effect at once. */
    static StepDraft withPendingChanges(StepDraft draft, StepContext context, RdsMySql source) {
        return ManagedSteps.withPendingChanges(
                draft, context, context.source(), source.instanceIdentifier(), RdsCalls.BACKUP_RETENTION);
    }

    /** The same for the replica. */
    static StepDraft withPendingChangesOfReplica(StepDraft draft, StepContext context, RdsServer replica) {
        return ManagedSteps.withPendingChanges(
                draft, context, context.replica(), replica.instanceIdentifier(), RdsCalls.BACKUP_RETENTION);
    }

    /** Whether AWS can be asked. */
    boolean canBeAsked() {
        return plane != null;
    }

    /**
     * The instance; empty if nobody can be asked.
     *
     * @throws dev.sluice.api.error.StepException if AWS cannot be asked, or has no such instance
     */
    Optional<RdsInstance> find(RdsServer endpoint) {
        return plane == null
                ? Optional.empty()
                : Optional.of(plane.instance(endpoint.place(), endpoint.instanceIdentifier()));
    }
}
