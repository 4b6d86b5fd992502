// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.operation.ControlPlaneOperation;

/** Calls a cloud provider's management API. Implementations are thread-safe. */
public interface ControlPlane {
    /**
     * Makes the call once and returns; the step's look waits for what it brings about. Must be safe to make again.
     *
     * <p>A call that is an undo removes only what is seen to be the run's own, and returns if there is nothing left to remove.
     *
     * <p>Failures are {@code StepException}s: refused, surely not applied, or of unknown outcome.
     */
    void perform(ControlPlaneOperation operation, StepContext context);
}
