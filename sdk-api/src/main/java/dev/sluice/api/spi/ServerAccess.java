// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.operation.Operation;

/**
 * Another way to reach servers than MySQL's protocol: mock engines for unit tests are reached like this. An engine that gives one
 * is asked for everything that core would otherwise do on its servers. Implementations are thread-safe.
 */
public interface ServerAccess {
    /** A session for looks, facts and checks. */
    ServerSession open(Endpoint endpoint);

    /**
     * Does an operation; one that works on both servers is asked of the replica's engine.
     *
     * <p>Failures are {@code StepException}s: refused, surely not applied, or of unknown outcome.
     */
    OperationOutcome perform(Operation operation, StepContext context);
}
