// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.run.RunId;
import java.util.Optional;

/**
 * What a step may use when it looks at the servers during a run. Its facts are those with which the plan was compiled. Made by
 * core. Not thread-safe: one thread at a time.
 */
public interface LiveContext extends StepContext {
    /** The step as it was compiled; for a check, the step that it stands in front of. */
    CompiledStep step();

    /**
     * The run, whose id is in the name of everything temporary that it makes.
     *
     * @throws IllegalStateException in a check before a run
     */
    RunId run();

    /** A session on the source. */
    ServerSession sourceSession();

    /** A session on the replica. */
    ServerSession replicaSession();

    /**
     * A session on the temporary server of the way that was chosen to snapshot the source, or of another step.
     *
     * @throws dev.sluice.api.error.StepException if it cannot be reached, or its address is not known yet
     * @throws IllegalStateException if that way has none
     */
    ServerSession seedSession();

    /**
     * Where the source's binary log stood when this step asked first; the same for the whole step. A replica that has passed it while
     * it replicates is not behind, whatever it says in whole seconds.
     */
    Coordinates sourceAtStart();

    /**
     * Why a step that needs the replica to be level with its source has to wait: replication does not run, or the replica has not applied
     * what the source had at {@link #sourceAtStart()}. Empty once it does and has. Every step that waits for the replica is to wait by this,
     * so that all have the same patience: an outage of the source is waited for.
     *
     * @throws dev.sluice.api.error.StepRefusedException if waiting is in vain: replication failed, was reset, or has stood still for over a
     *     minute
     */
    Optional<String> replicaBehind();

    /**
     * What a person has said of an operation of this step that was theirs to do: their answer to its question, {@code ""} where it asks none.
     * Empty as long as nobody has said in this run that it was done. For what no server and no management API can show.
     */
    default Optional<String> told(String operationId) {
        return Optional.empty();
    }

    /** The snapshot's coordinates, once they are known. */
    Optional<Coordinates> coordinates();
}
