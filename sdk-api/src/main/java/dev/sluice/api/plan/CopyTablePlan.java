// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One table of a replica is copied anew from its source, and nothing else: for a table whose rows differ, or one that has stopped the applier by a
 * row that is missing, or there already. The applier stands still while the table is copied beside the old one; the old one is then set aside, so
 * that the table is missing on the replica until that has applied all other changes up to the copy's position; then the copy takes its
 * place, replication goes on, and the table is compared. Needs {@link Consent#TABLE_REPLACEMENT} and {@link Consent#TABLE_COPY_LOCK}.
 *
 * <p>For replicas that their owner runs, and tables without foreign keys, to them or from them, and without triggers. It is data without secrets;
 * equal plans are equal. Immutable and thread-safe.
 *
 * @param replication the plan that has set the replication up, with the consents; its scope holds the table
 * @param table the table
 */
@CheckReturnValue
public record CopyTablePlan(ReplicationPlan replication, TableName table) implements Plan {
    /**
     * One that is complete.
     *
     * @throws IllegalArgumentException if the replication's scope leaves the table out
     */
    public CopyTablePlan {
        requireNonNull(replication, "replication");
        requireNonNull(table, "table");
        if (!replication.scope().includes(table)) {
            throw new IllegalArgumentException("The replication's scope leaves " + table + " out");
        }
    }

    /**
     * For a table of a replication.
     *
     * @param replication the plan that has set the replication up
     * @param table in its scope
     * @throws IllegalArgumentException if the replication's scope leaves the table out
     */
    public static CopyTablePlan of(ReplicationPlan replication, TableName table) {
        return new CopyTablePlan(replication, table);
    }

    /** Gives a consent. */
    public CopyTablePlan allow(Consent consent) {
        return new CopyTablePlan(replication.allow(consent), table);
    }

    /** What snapshot, copy and comparison are about: this table alone, row by row, by connections of this JVM, while replication goes on. */
    public ReplicationPlan ofTable() {
        return ReplicationPlanValue.narrowed(replication, new Scope(List.of(), List.of(table), List.of(), List.of()));
    }

    /** The database on the replica in which the copy is made: named after the table, of this plan alone, and gone once the copy is in place. */
    public String copyDatabase() {
        return "sluice_copy_" + mark();
    }

    /** The database on the replica that keeps the rows that were there, until the copy was found equal. */
    public String asideDatabase() {
        return "sluice_aside_" + mark();
    }

    /** The same for equal tables, since a run of another process has to find them. */
    private String mark() {
        byte[] name = (table.database() + "\n" + table.table()).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(name).toString().substring(0, 8);
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
}
