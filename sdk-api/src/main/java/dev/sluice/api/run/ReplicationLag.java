// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a replica is behind, measured in several ways. None of them is taken from a channel whose halves stand still as if it were 0: what
 * was observed goes on growing then, and the server's own figure is left out. Immutable and thread-safe.
 *
 * @param byHeartbeatOrNull see {@link #byHeartbeat()}
 * @param byPositionOrNull see {@link #byPosition()}
 * @param byServerOrNull see {@link #byServer()}
 * @param transactions how many transactions of the source the replica lacks; known where the channel follows GTIDs
 * @param bytes how many bytes of the source's binary log are not applied, over all its files
 * @param bytesToFetch how many of these have not even arrived at the replica
 */
public record ReplicationLag(
        @Nullable LagRange byHeartbeatOrNull,
        @Nullable LagRange byPositionOrNull,
        @Nullable Duration byServerOrNull,
        Figure transactions,
        Figure bytes,
        Figure bytesToFetch) {
    public ReplicationLag {
        requireNonNull(transactions, "transactions");
        requireNonNull(bytes, "bytes");
        requireNonNull(bytesToFetch, "bytesToFetch");
    }

    /** Nothing is known. */
    public static ReplicationLag unknown(String why) {
        Figure unknown = Figure.unknown(why);
        return new ReplicationLag(null, null, null, unknown, unknown, unknown);
    }

    /** By the heartbeat's row; empty if none is written, or none was since this monitor began. */
    public Optional<LagRange> byHeartbeat() {
        return Optional.ofNullable(byHeartbeatOrNull);
    }

    /**
     * By positions of the source that were read before and are passed on the replica: as exact as the source is asked often. Empty while the
     * source cannot be asked.
     */
    public Optional<LagRange> byPosition() {
        return Optional.ofNullable(byPositionOrNull);
    }

    /**
     * What the server calls seconds behind the source, in whole seconds by the servers' clocks; empty unless both halves run. 0 is no proof that
     * everything was applied: it is only about what was fetched.
     */
    public Optional<Duration> byServer() {
        return Optional.ofNullable(byServerOrNull);
    }

    /** The best that is known: by heartbeat, else by position, else by the server. */
    public Optional<Duration> best() {
        return byHeartbeat().or(this::byPosition).map(LagRange::estimate).or(this::byServer);
    }
}
