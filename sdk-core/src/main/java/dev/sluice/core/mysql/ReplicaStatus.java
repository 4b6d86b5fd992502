// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.GtidSet;
import dev.sluice.api.coordinates.MySqlGtidSet;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a replica says about one of its channels. Immutable and thread-safe.
 *
 * @param channel its name, {@code ""} for the default one
 * @param source where it fetches from
 * @param receiver the half that fetches
 * @param applier the half that applies
 * @param retrieved the GTIDs that were fetched since the relay log began
 * @param executed the GTIDs that the <em>server</em> has, from this channel or not
 * @param lagOrNull what the server calls seconds behind the source, or null where it does not say; see {@link #lag()}
 * @param filter the channel's replication filter
 * @param delay by how much the applier is told to stay behind
 */
public record ReplicaStatus(
        String channel,
        Source source,
        Receiver receiver,
        Applier applier,
        MySqlGtidSet retrieved,
        MySqlGtidSet executed,
        @Nullable Duration lagOrNull,
        ShownFilter filter,
        Delay delay) {
    public ReplicaStatus {
        requireNonNull(channel, "channel");
        requireNonNull(source, "source");
        requireNonNull(receiver, "receiver");
        requireNonNull(applier, "applier");
        requireNonNull(retrieved, "retrieved");
        requireNonNull(executed, "executed");
        requireNonNull(filter, "filter");
        requireNonNull(delay, "delay");
    }

    /**
     * How far the applier is behind the newest change that was <em>fetched</em>, as the server estimates it. Empty unless both
     * halves run: a broken receiver fetches nothing, so that the server's figure would say 0. For the question whether the
     * replica has caught up ask {@link #hasApplied(Coordinates)}.
     */
    public Optional<Duration> lag() {
        return receiver.state() == ReceiverState.RUNNING && applier.isRunning()
                ? Optional.ofNullable(lagOrNull)
                : Optional.empty();
    }

    /**
     * Whether everything before these coordinates of the source is on the replica: by GTIDs if the channel follows them, else by
     * the position that was applied. What was fetched, whether threads run and the seconds behind the source do not count.
     *
     * @throws IllegalArgumentException if the coordinates are those of another server than the channel's source
     */
    public boolean hasApplied(Coordinates coordinates) {
        if (!source.uuid().isEmpty() && !source.uuid().equalsIgnoreCase(coordinates.serverUuid())) {
            throw new IllegalArgumentException("Channel '" + channel + "' follows server " + source.uuid()
                    + ", and the coordinates are those of server " + coordinates.serverUuid());
        }
        Optional<GtidSet> gtids = coordinates.gtids().filter(known -> source.autoPosition());
        return gtids.map(this::hasApplied).orElseGet(() -> hasApplied(coordinates.position()));
    }

    /**
     * Whether all these transactions are on the replica, or were left out by its filter. MySQL 5.7 drops the GTIDs of {@code CREATE},
     * {@code ALTER} and {@code DROP DATABASE} that a filter leaves out (seen on 5.7.22), so that on a channel with a filter those
     * count, too, that were fetched, once everything that was fetched has been dealt with.
     */
    public boolean hasApplied(GtidSet gtids) {
        if (!(gtids instanceof MySqlGtidSet wanted)) {
            return false;
        }
        return executed.contains(wanted)
                || (!filter.isEmpty()
                        && hasNothingLeft()
                        && executed.plus(retrieved).contains(wanted));
    }

    /**
     * Whether {@link #hasApplied(Coordinates)} can answer for these: they are of the channel's source, and, where it follows positions, of files
     * named like the one that is applied.
     */
    public boolean canTell(Coordinates coordinates) {
        boolean sameServer = source.uuid().isEmpty() || source.uuid().equalsIgnoreCase(coordinates.serverUuid());
        boolean byGtids = coordinates.gtids().isPresent() && source.autoPosition();
        return sameServer && (byGtids || isOfAppliedSeries(coordinates.position()));
    }

    private boolean isOfAppliedSeries(BinlogPosition position) {
        return applier.applied()
                .filter(there -> !there.isOfSameSeries(position))
                .isEmpty();
    }

    /**
     * What a source that has these transactions has and the replica lacks; what a filter has left out counts as there, see
     * {@link #hasApplied(GtidSet)}.
     */
    public MySqlGtidSet missingOf(MySqlGtidSet ofSource) {
        MySqlGtidSet missing = ofSource.minus(executed);
        return !filter.isEmpty() && hasNothingLeft() ? missing.minus(retrieved) : missing;
    }

    /** Servers read the GTIDs before the positions, so that what is in the one is before the other. */
    private boolean hasNothingLeft() {
        return applier.applied().isPresent() && applier.applied().equals(receiver.fetched());
    }

    /**
     * Whether everything before a position of the source's log is on the replica.
     *
     * @throws IllegalArgumentException if the position's file is of another series of files than the one that is applied
     */
    public boolean hasApplied(BinlogPosition position) {
        Optional<BinlogPosition> applied = applier.applied();
        if (applied.isEmpty()) {
            return false;
        }
        if (!applied.get().isOfSameSeries(position)) {
            throw new IllegalArgumentException("The replica applies the log at " + applied.get()
                    + ", whose files have another name than " + position);
        }
        return applied.get().compareTo(position) >= 0;
    }

    /** How the channel is. */
    public ReplicaHealth health() {
        return ReplicaHealth.of(this);
    }

    /** Why it is so, for people: the errors that the server shows. */
    public String reason() {
        StringBuilder text = new StringBuilder(health().meaning());
        receiver.error().ifPresent(error -> text.append("; receiver: ").append(error));
        applier.error().ifPresent(error -> text.append("; applier: ").append(error));
        return text.toString();
    }

    /**
     * Where a channel fetches from.
     *
     * @param host as the replica sees it
     * @param port that host's port
     * @param user the replication account's name
     * @param uuid the source's server UUID, {@code ""} as long as it never connected
     * @param autoPosition whether it follows GTIDs instead of file and position
     * @param tls whether it encrypts
     */
    public record Source(String host, int port, String user, String uuid, boolean autoPosition, boolean tls) {}

    /**
     * A delay that somebody has set.
     *
     * @param configured how far behind the applier stays on purpose; zero for not at all
     * @param remainingOrNull how long the next change has to wait, in whole seconds, or null if the applier does not wait for that
     */
    public record Delay(Duration configured, @Nullable Duration remainingOrNull) {
        /** Whether the applier waits for the time to come; it has nothing else to do then. */
        public boolean isWaiting() {
            return remainingOrNull != null;
        }
    }

    /** What the receiver does. */
    public enum ReceiverState {
        /** Connected. */
        RUNNING,
        /** Tries to connect, for the first time or again. */
        CONNECTING,
        /** Stands still. */
        STOPPED
    }

    /**
     * The half of a channel that fetches the source's log.
     *
     * @param state what it does
     * @param activity the same in the server's words
     * @param fetchedOrNull up to where it has fetched, or null; see {@link #fetched()}
     * @param errorOrNull its last error, or null; see {@link #error()}
     */
    public record Receiver(
            ReceiverState state,
            String activity,
            @Nullable BinlogPosition fetchedOrNull,
            @Nullable ReplicationError errorOrNull) {
        /** Up to where the source's log was fetched. */
        public Optional<BinlogPosition> fetched() {
            return Optional.ofNullable(fetchedOrNull);
        }

        /** The last error of this half; empty if it has none, or none since it was started last. */
        public Optional<ReplicationError> error() {
            return Optional.ofNullable(errorOrNull);
        }
    }

    /**
     * The half of a channel that applies what was fetched.
     *
     * @param isRunning whether it runs
     * @param activity what it does in the server's words
     * @param appliedOrNull up to where the source's log was applied without a gap, or null; see {@link #applied()}
     * @param errorOrNull its last error, or null; see {@link #error()}
     */
    public record Applier(
            boolean isRunning,
            String activity,
            @Nullable BinlogPosition appliedOrNull,
            @Nullable ReplicationError errorOrNull) {
        /** Up to where the source's log was applied; with several workers, up to where there is no gap. */
        public Optional<BinlogPosition> applied() {
            return Optional.ofNullable(appliedOrNull);
        }

        /** The last error of this half; empty if it has none, or none since it was started last. */
        public Optional<ReplicationError> error() {
            return Optional.ofNullable(errorOrNull);
        }
    }
}
