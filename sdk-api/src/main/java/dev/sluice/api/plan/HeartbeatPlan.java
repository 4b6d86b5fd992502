// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import java.util.Optional;
import java.util.Set;

/**
 * The table on the source into which monitors write their heartbeats: makes it, or removes it. It has a database of its own,
 * {@value #DATABASE}, and replicates like any other table; a monitor's row is about a hundred bytes of the binary log each time. Allowed by
 * {@code allowHeartbeat()} of the replication's plan, and refused if that plan's scope keeps it from the replica. It is data without secrets;
 * equal plans are equal. Immutable and thread-safe.
 */
@CheckReturnValue
public final class HeartbeatPlan implements Plan {
    /** The database that holds the table, and nothing else. */
    public static final String DATABASE = "sluice_heartbeat";

    /** The table, with a row for each monitor that is open. */
    public static final TableName TABLE = TableName.of(DATABASE, "beat");

    private final ReplicationPlan replication;
    private final boolean removing;

    private HeartbeatPlan(ReplicationPlan replication, boolean removing) {
        this.replication = requireNonNull(replication, "replication");
        this.removing = removing;
    }

    /**
     * Makes the table, before the replication is set up or while it runs.
     *
     * @param replication the plan that sets the replication up, or has done so
     */
    public static HeartbeatPlan create(ReplicationPlan replication) {
        return new HeartbeatPlan(replication, false);
    }

    /** Removes the table with what it holds, and its database if nothing else is in it; both on the source, and so on the replica. */
    public static HeartbeatPlan remove(ReplicationPlan replication) {
        return new HeartbeatPlan(replication, true);
    }

    /** The plan of the replication. */
    public ReplicationPlan replication() {
        return replication;
    }

    /** Whether the table is removed; else it is made. */
    public boolean isRemoving() {
        return removing;
    }

    @Override
    public ReplicaEndpoint replica() {
        return replication.replica();
    }

    @Override
    public Optional<SourceEndpoint> findSource() {
        return Optional.of(replication.source());
    }

    @Override
    public Set<Consent> consents() {
        return replication.consents();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeartbeatPlan that && replication.equals(that.replication) && removing == that.removing;
    }

    @Override
    public int hashCode() {
        return 31 * replication.hashCode() + Boolean.hashCode(removing);
    }

    @Override
    public String toString() {
        return "HeartbeatPlan{" + (removing ? "remove " : "create ")
                + replication.source().label() + "}";
    }
}
