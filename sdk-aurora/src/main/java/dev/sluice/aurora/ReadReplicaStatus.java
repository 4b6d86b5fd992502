// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.rds.managed.ManagedSteps;
import java.util.Optional;

/** What a replica to which AWS itself replicates says of that. Not thread-safe. */
record ReadReplicaStatus(LiveContext context) {
    /**
     * What it says; empty as long as AWS has not pointed it anywhere.
     *
     * @throws StepRefusedException if it follows another server than the plan's source, or not by AWS's own doing
     * @throws dev.sluice.api.error.StepException if it does not answer
     */
    Optional<ReplicaStatus> read() {
        Optional<ReplicaStatus> status = ReplicaStatusReader.readDefault(
                context.replicaSession(), Dialect.of(context.source().version()));
        status.map(ReplicaStatus::source).ifPresent(this::requireSource);
        return status;
    }

    /** As long as it never connected, it does not know who its source is. */
    private void requireSource(ReplicaStatus.Source followed) {
        boolean isOther = !followed.uuid().isEmpty()
                && !followed.uuid().equalsIgnoreCase(context.source().serverUuid());
        if (isOther || !followed.user().equals(ManagedSteps.ACCOUNT_OF_AWS)) {
            throw new StepRefusedException(Problem.of(
                    ReadReplicaCode.FOLLOWS_ANOTHER,
                    "The replica " + context.plan().replica().label() + " follows " + followed.host() + ":"
                            + followed.port() + " as " + followed.user() + " (server " + followed.uuid() + ")"));
        }
    }
}
