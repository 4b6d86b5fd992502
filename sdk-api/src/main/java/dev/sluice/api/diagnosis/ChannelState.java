// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.endpoint.ServerAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a replica shows of its default channel, as far as a diagnosis needs it. Immutable and thread-safe.
 *
 * @param source where it fetches from, as the replica sees it
 * @param user the replication account's name
 * @param sourceUuid the source's server UUID, {@code ""} as long as the channel never connected
 * @param autoPosition whether it follows GTIDs instead of file and position
 * @param tls whether it encrypts
 * @param isFiltered whether it leaves some of the source's changes out
 * @param receiver the half that fetches
 * @param applier the half that applies
 */
public record ChannelState(
        ServerAddress source,
        String user,
        String sourceUuid,
        boolean autoPosition,
        boolean tls,
        boolean isFiltered,
        Half receiver,
        Half applier) {
    public ChannelState {
        requireNonNull(source, "source");
        requireNonNull(user, "user");
        requireNonNull(sourceUuid, "sourceUuid");
        requireNonNull(receiver, "receiver");
        requireNonNull(applier, "applier");
    }

    /**
     * One half of the channel.
     *
     * @param isStopped whether it stands still; a receiver that tries to connect does not
     * @param positionOrNull up to where the source's log was fetched or applied, or null
     * @param errorOrNull its last error, or null
     */
    public record Half(
            boolean isStopped,
            @Nullable BinlogPosition positionOrNull,
            @Nullable ChannelError errorOrNull) {
        /** Up to where the source's log was fetched or applied. */
        public Optional<BinlogPosition> position() {
            return Optional.ofNullable(positionOrNull);
        }

        /** Its last error; empty if it has none, or none since it was started last. */
        public Optional<ChannelError> error() {
            return Optional.ofNullable(errorOrNull);
        }
    }

    /** Whether a half stands still. */
    public boolean isStopped() {
        return receiver.isStopped() || applier.isStopped();
    }
}
