// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

/** Something that a {@link Monitor} saw. Events hold no secret. All are immutable and thread-safe. */
public sealed interface MonitorEvent {
    /** How the replication is now. */
    ReplicationState now();

    /** The replica was asked, and the replication is as healthy, or as sick, as the time before. */
    record Observed(ReplicationState now) implements MonitorEvent {}

    /**
     * The health is another than the time before; also the first that is seen. A replica that cannot be asked is told like this, and that it
     * can be asked again.
     *
     * @param before the health before; {@code null} at the first look
     */
    record HealthChanged(ReplicationState.@org.jspecify.annotations.Nullable Health before, ReplicationState now)
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
