// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.operation.ControlPlaneOperation;

/** Calls a cloud provider's management API. Implementations are thread-safe. */
public interface ControlPlane {
    /**
     * Makes the call once and returns; the step's look waits for what it brings about. Must be safe to make again.
     *
     * <p>Failures are {@code StepException}s: refused, surely not applied, or of unknown outcome.
     */
    void perform(ControlPlaneOperation operation, StepContext context);
}
