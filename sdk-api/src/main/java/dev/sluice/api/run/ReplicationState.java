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
 * @param halves whether receiver and applier ran
 * @param lag how far it was behind
 * @param positions up to where the source's binary log was written, fetched and applied
 */
public record ReplicationState(
        Instant at,
        String channel,
        ReplicationHealth health,
        Instant since,
        String reason,
        Halves halves,
        ReplicationLag lag,
        Positions positions) {
    public ReplicationState {
        requireNonNull(at, "at");
        requireNonNull(channel, "channel");
        requireNonNull(health, "health");
        requireNonNull(since, "since");
        requireNonNull(reason, "reason");
        requireNonNull(halves, "halves");
        requireNonNull(lag, "lag");
        requireNonNull(positions, "positions");
    }

    /** What one half of a channel does. */
    public enum Half {
        /** Runs; a receiver that does is connected. */
        RUNNING,
        /** A receiver that tries to connect, for the first time or again. */
        CONNECTING,
        /** Stands still. */
        STOPPED,
        /** The replica could not be asked, or has no such channel. */
        UNKNOWN
    }

    /**
     * Both halves of a channel. That they run says nothing of how far the replica is behind.
     *
     * @param receiver fetches the source's binary log
     * @param applier applies what was fetched
     */
    public record Halves(Half receiver, Half applier) {
        /** Of neither anything is known. */
        public static final Halves UNKNOWN = new Halves(Half.UNKNOWN, Half.UNKNOWN);

        public Halves {
            requireNonNull(receiver, "receiver");
            requireNonNull(applier, "applier");
        }
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
