// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.rds.aws.RdsControlPlane;
import dev.sluice.rds.aws.RdsInstance;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What AWS says about instances, if there is a control plane to ask. Thread-safe. */
final class Instances {
    private final @Nullable RdsControlPlane plane;

    Instances(@Nullable RdsControlPlane plane) {
        this.plane = plane;
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
