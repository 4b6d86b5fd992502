// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.coordinates;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where in the source's binary log a snapshot stands. A value of one server is refused on any other. Immutable and
 * thread-safe.
 *
 * @param serverUuid the source's {@code @@server_uuid}
 * @param channel the replication channel that starts here, {@code ""} for the default one
 * @param position file and offset; everything before it is in the snapshot, nothing after it is
 * @param gtidsOrNull the GTIDs that the snapshot holds, or null where the source has none; see {@link #gtids()}
 * @param takenAt when they were read, by this JVM's clock
 * @param method how it is known that they belong to the snapshot, for a reader
 */
public record Coordinates(
        String serverUuid,
        String channel,
        BinlogPosition position,
        @Nullable GtidSet gtidsOrNull,
        Instant takenAt,
        String method) {
    public Coordinates {
        requireNonNull(serverUuid, "serverUuid");
        requireNonNull(channel, "channel");
        requireNonNull(position, "position");
        requireNonNull(takenAt, "takenAt");
        requireNonNull(method, "method");
    }

    /** The GTIDs that the snapshot holds, where the source has GTIDs. */
    public Optional<GtidSet> gtids() {
        return Optional.ofNullable(gtidsOrNull);
    }
}
