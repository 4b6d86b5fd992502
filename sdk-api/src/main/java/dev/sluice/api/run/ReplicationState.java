// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a replication was at one moment, as its replica told. Immutable and thread-safe.
 *
 * @param at when, by this JVM's clock
 * @param health how it was
 * @param lagOrNull see {@link #lag()}
 * @param reason the same in words, with the errors that the server shows
 */
public record ReplicationState(
        Instant at, Health health, @Nullable Duration lagOrNull, String reason) {
    /** How a replication can be. None of these says that the replica has caught up. */
    public enum Health {
        /** Receiver and applier run. */
        RUNNING,
        /** The receiver is on its way to the source and has met no error yet. */
        CONNECTING,
        /** Receiver or applier stands still, or both, without an error: somebody stopped it, or the replica restarted. */
        STOPPED,
        /** The receiver cannot reach the source or was refused, or a change could not be applied. */
        FAILED,
        /** The server knows no source. */
        NOT_CONFIGURED,
        /** The replica could not be asked; nothing is known about the replication. */
        UNREACHABLE
    }

    /**
     * How far the replica says that it is behind, in whole seconds; empty unless it is {@link Health#RUNNING} and has a figure. 0 is no
     * proof that everything was applied.
     */
    public Optional<Duration> lag() {
        return Optional.ofNullable(lagOrNull);
    }
}
