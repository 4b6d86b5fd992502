// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pause of a replication for a long job on its replica, or the end of the pause: receiver and applier are stopped, or started again
 * where they stopped. Usually written as {@code sluice.replication(replica).stop()} and {@code .start()}. It is data without secrets;
 * equal plans are equal. Immutable and thread-safe.
 *
 * <p>While it is paused the source goes on removing binary logs by its retention: a pause that is longer than it loses changes, and
 * the replica has to be set up anew.
 */
@CheckReturnValue
public final class PausePlan implements Plan {
    /** How long the replica may take to stop, or to run again, where the plan does not say. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(5);

    private final ReplicaEndpoint replica;
    private final @Nullable ReplicationPlan replication;
    private final boolean starting;
    private final Duration deadline;
    private final Set<Consent> consents;

    private PausePlan(
            ReplicaEndpoint replica,
            @Nullable ReplicationPlan replication,
            boolean starting,
            Duration deadline,
            Set<Consent> consents) {
        this.replica = requireNonNull(replica, "replica");
        this.replication = replication;
        this.starting = starting;
        this.deadline = deadline;
        this.consents = consents;
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("A deadline is over zero, not " + deadline);
        }
    }

    /** Stops receiver and applier; the configuration stays. */
    public static PausePlan stop(ReplicaEndpoint replica) {
        return new PausePlan(replica, null, false, DEFAULT_DEADLINE, Set.of());
    }

    /**
     * Starts receiver and applier. What the replication filter should be is not known here: where replicas lose it at a restart, the
     * start is refused if there is none. {@link #start(ReplicationPlan)} sets it again.
     */
    public static PausePlan start(ReplicaEndpoint replica) {
        return new PausePlan(replica, null, true, DEFAULT_DEADLINE, Set.of());
    }

    /**
     * Starts receiver and applier of the replication that a plan has set up, with the filter of its scope, which is set again if a restart
     * of the replica has lost it. Refused if the replica follows another source.
     */
    public static PausePlan start(ReplicationPlan replication) {
        return new PausePlan(replication.replica(), replication, true, DEFAULT_DEADLINE, replication.consents());
    }

    /** How long the replica may take; over zero. <b>When not called:</b> {@link #DEFAULT_DEADLINE}. */
    public PausePlan within(Duration limit) {
        return new PausePlan(replica, replication, starting, limit, consents);
    }

    /** Gives a consent. */
    public PausePlan allow(Consent consent) {
        Set<Consent> more = EnumSet.of(consent);
        more.addAll(consents);
        return new PausePlan(replica, replication, starting, deadline, Collections.unmodifiableSet(more));
    }

    /** The server whose replication pauses. */
    @Override
    public ReplicaEndpoint replica() {
        return replica;
    }

    /** The plan that has set the replication up, if it is known. */
    public Optional<ReplicationPlan> replication() {
        return Optional.ofNullable(replication);
    }

    @Override
    public Optional<SourceEndpoint> findSource() {
        return replication().map(ReplicationPlan::source);
    }

    /** Whether it starts replication; else it stops it. */
    public boolean isStarting() {
        return starting;
    }

    /** How long the replica may take. */
    public Duration deadline() {
        return deadline;
    }

    @Override
    public Set<Consent> consents() {
        return consents;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PausePlan that
                && replica.equals(that.replica)
                && Objects.equals(replication, that.replication)
                && starting == that.starting
                && deadline.equals(that.deadline)
                && consents.equals(that.consents);
    }

    @Override
    public int hashCode() {
        return Objects.hash(replica, replication, starting, deadline, consents);
    }

    @Override
    public String toString() {
        return "PausePlan{" + (starting ? "start " : "stop ") + replica.label() + "}";
    }
}
