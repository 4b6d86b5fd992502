// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.verify.VerificationReport;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What core's own steps may know of the run that they belong to, beyond what engines' steps may. */
public interface CoreLive extends LiveContext {
    /** Whether the snapshots that the copy reads are open in this process. */
    boolean snapshotIsOpen();

    /** Whether the copy was done and confirmed in this run. */
    boolean isLoaded();

    /**
     * If the copy was done by an earlier process: that its tables are still on the replica, as long as that is pointed to no source.
     *
     * @throws dev.sluice.api.error.StepException if they are not, or the replica cannot be asked
     */
    void requireLoadStays();

    /** The comparison of this run, once it was made. */
    Optional<VerificationReport> verification();

    /** What catching up has seen so far. */
    CatchUpWatch catchUp();

    /** Judges whether this step's waiting for the replica makes sense; the same for the whole step. */
    ReplicaWait replicaWait();

    /** Tells listeners of the replica's lag; null while the server has no figure. */
    void lagSeen(@Nullable Duration lag, String state);
}
