// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Monitor} looks and judges. Each method returns new settings. Immutable and thread-safe.
 *
 * @param interval the pause between two looks, {@link Monitor#SHORTEST_INTERVAL} to {@link Monitor#LONGEST_INTERVAL}; 5 s by default
 * @param late a replica that is further behind is {@link ReplicationHealth#CATCHING_UP}; 10 s by default
 * @param silence how long nothing may arrive at the replica while the source writes; 5 s by default. One change of hundreds of megabytes over
 *     a slow line takes longer
 * @param stall how long the applier may finish nothing while it has work; 60 s by default
 * @param heartbeatOrNull see {@link #heartbeat()}
 */
@CheckReturnValue
public record MonitorSettings(
        Duration interval,
        Duration late,
        Duration silence,
        Duration stall,
        @Nullable Duration heartbeatOrNull) {
    /** How often a heartbeat is written where nobody says otherwise. */
    public static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(1);

    /** What is used where nobody says otherwise: no heartbeat. */
    public static final MonitorSettings DEFAULTS = new MonitorSettings(
            Monitor.DEFAULT_INTERVAL, Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(60), null);

    public MonitorSettings {
        requireBetween("looks", Monitor.SHORTEST_INTERVAL, interval, Monitor.LONGEST_INTERVAL);
        requirePositive("late", late);
        requirePositive("silence", silence);
        requirePositive("stall", stall);
        if (heartbeatOrNull != null) {
            requireBetween("writes", Monitor.SHORTEST_INTERVAL, heartbeatOrNull, Duration.ofMinutes(1));
        }
    }

    /** The defaults with another pause between two looks. */
    public static MonitorSettings every(Duration interval) {
        return DEFAULTS.lookingEvery(interval);
    }

    /** Another pause between two looks. */
    public MonitorSettings lookingEvery(Duration time) {
        return new MonitorSettings(requireNonNull(time, "time"), late, silence, stall, heartbeatOrNull);
    }

    /** Another limit between in time and late. */
    public MonitorSettings lateAfter(Duration time) {
        return new MonitorSettings(interval, requireNonNull(time, "time"), silence, stall, heartbeatOrNull);
    }

    /** Another limit for silence. */
    public MonitorSettings silentAfter(Duration time) {
        return new MonitorSettings(interval, late, requireNonNull(time, "time"), stall, heartbeatOrNull);
    }

    /** Another limit for an applier that finishes nothing. */
    public MonitorSettings stalledAfter(Duration time) {
        return new MonitorSettings(interval, late, silence, requireNonNull(time, "time"), heartbeatOrNull);
    }

    /** {@link #withHeartbeatEvery(Duration)}, every {@link #DEFAULT_HEARTBEAT}. */
    public MonitorSettings withHeartbeat() {
        return withHeartbeatEvery(DEFAULT_HEARTBEAT);
    }

    /**
     * Has the monitor write a row of its own on the source, again and again as long as it is open. The table is made by a
     * {@link dev.sluice.api.plan.HeartbeatPlan}, and the replication's plan has to allow it by {@code allowHeartbeat()}.
     *
     * @param time {@link Monitor#SHORTEST_INTERVAL} to one minute
     */
    public MonitorSettings withHeartbeatEvery(Duration time) {
        return new MonitorSettings(interval, late, silence, stall, requireNonNull(time, "time"));
    }

    /** How often a heartbeat is written on the source; empty for never, which is the default. */
    public Optional<Duration> heartbeat() {
        return Optional.ofNullable(heartbeatOrNull);
    }

    private static void requireBetween(String what, Duration shortest, Duration time, Duration longest) {
        if (time.compareTo(shortest) < 0 || time.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "A monitor " + what + " every " + shortest + " to " + longest + ", not every " + time);
        }
    }

    private static void requirePositive(String what, Duration time) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("The time for " + what + " is over zero, not " + time);
        }
    }
}
