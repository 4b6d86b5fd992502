// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

/** Something that a {@link Monitor} saw. Events hold no secret. All are immutable and thread-safe. */
public sealed interface MonitorEvent {
    /** How the replication is now; see {@link ReplicationState#channel()} of which channel. */
    ReplicationState now();

    /** The replica was asked, and the plan's channel is as healthy, or as sick, as the time before. */
    record Observed(ReplicationState now) implements MonitorEvent {}

    /**
     * The health of a channel is another than the time before; also the first that is seen of each channel. A replica that cannot be asked is
     * told like this of the plan's channel, and that it can be asked again.
     *
     * @param before the health before; {@code null} at the first look
     */
    record HealthChanged(@org.jspecify.annotations.Nullable ReplicationHealth before, ReplicationState now)
            implements MonitorEvent {}

    /**
     * The replica was moved to another server, or restarted. Told before what is seen of its health there. Where its replication
     * configuration was lost, the monitor points it at its source again only if the plan has
     * {@link dev.sluice.api.plan.Consent#REPOINT_BY_MONITOR}.
     *
     * @param move from which server to which, and what replication does there
     */
    record ReplicaMoved(ReplicationState now, ReplicaMove move) implements MonitorEvent {}
}
