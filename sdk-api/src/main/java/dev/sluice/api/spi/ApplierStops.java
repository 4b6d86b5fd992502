// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.ApplierStop;
import java.util.List;
import java.util.Optional;

/**
 * How the applier of replicas of one kind is stopped at exactly one position of their source, so that both servers can be compared there.
 * Pure and thread-safe.
 */
public interface ApplierStops {
    /** Why this replica's cannot be, as far as the facts tell; empty if it can. */
    Optional<Problem> refusal(StepContext context);

    /** How it is, for a replica that is not refused. */
    ApplierStop statements(StepContext context);

    /** What the user on the replica needs for that. */
    List<RequiredPrivilege> privileges(StepContext context);
}
