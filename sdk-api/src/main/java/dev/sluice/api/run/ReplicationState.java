// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.coordinates.BinlogPosition;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one channel of a replica was at one moment. Holds no secret. Immutable and thread-safe.
 *
 * @param at when, by this JVM's clock
 * @param channel its name, {@code ""} for the default one, which is the one that plans use
 * @param health how it was
 * @param since when it was seen to be like this for the first time in a row
 * @param reason why, with the errors that the servers show
 * @param lag how far it was behind
 * @param positions up to where the source's binary log was written, fetched and applied
 */
public record ReplicationState(
        Instant at,
        String channel,
        ReplicationHealth health,
        Instant since,
        String reason,
        ReplicationLag lag,
        Positions positions) {
    public ReplicationState {
        requireNonNull(at, "at");
        requireNonNull(channel, "channel");
        requireNonNull(health, "health");
        requireNonNull(since, "since");
        requireNonNull(reason, "reason");
        requireNonNull(lag, "lag");
        requireNonNull(positions, "positions");
    }

    /**
     * Positions of the source's binary log.
     *
     * @param writtenOrNull see {@link #written()}
     * @param fetchedOrNull see {@link #fetched()}
     * @param appliedOrNull see {@link #applied()}
     */
    public record Positions(
            @Nullable BinlogPosition writtenOrNull,
            @Nullable BinlogPosition fetchedOrNull,
            @Nullable BinlogPosition appliedOrNull) {
        /** Of nothing anything is known. */
        public static final Positions UNKNOWN = new Positions(null, null, null);

        /** Where the source itself stood, as read right before the replica was asked. */
        public Optional<BinlogPosition> written() {
            return Optional.ofNullable(writtenOrNull);
        }

        /** Up to where the replica has received it. */
        public Optional<BinlogPosition> fetched() {
            return Optional.ofNullable(fetchedOrNull);
        }

        /** Up to where the replica has applied it without a gap. */
        public Optional<BinlogPosition> applied() {
            return Optional.ofNullable(appliedOrNull);
        }
    }
}
