// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The end of a replication: stop, remove its configuration from the replica, and what else is asked for on the source. Every
 * method returns a new plan. It is data without secrets; equal plans are equal. Immutable and thread-safe.
 *
 * <pre>{@code
 * EndPlan end = EndPlan.of(replica).source(source).dropReplicationUser("sluice_repl", "10.0.0.7").disableBinlog();
 * }</pre>
 */
@CheckReturnValue
public final class EndPlan implements Plan {
    private final ReplicaEndpoint replica;
    private final @Nullable SourceEndpoint source;
    private final @Nullable ReplicationAccount account;
    private final boolean binlogDisabled;
    private final boolean replicaReset;
    private final Set<Consent> consents;

    private EndPlan(
            ReplicaEndpoint replica,
            @Nullable SourceEndpoint source,
            @Nullable ReplicationAccount account,
            boolean replicaReset,
            boolean binlogDisabled,
            Set<Consent> consents) {
        this.replica = requireNonNull(replica, "replica");
        this.source = source;
        this.account = account;
        this.replicaReset = replicaReset;
        this.binlogDisabled = binlogDisabled;
        this.consents = consents.isEmpty() ? Set.of() : java.util.Collections.unmodifiableSet(EnumSet.copyOf(consents));
        if ((account != null || binlogDisabled) && source == null) {
            throw new IllegalArgumentException(
                    "To drop an account or disable binary logging the plan needs its source");
        }
    }

    /** Stops the replication of this replica and removes its configuration; nothing is done on the source. */
    public static EndPlan of(ReplicaEndpoint replica) {
        return new EndPlan(replica, null, null, true, false, Set.of());
    }

    /** The server that is replicated from, for what is to be done there. */
    public EndPlan source(SourceEndpoint server) {
        return new EndPlan(replica, server, account, replicaReset, binlogDisabled, consents);
    }

    /** Keeps the configuration on the replica, so that replication can be started again. */
    public EndPlan keepConfiguration() {
        return new EndPlan(replica, source, account, false, binlogDisabled, consents);
    }

    /** Drops this replication account on the source. */
    public EndPlan dropReplicationUser(String user, String host) {
        return new EndPlan(
                replica, source, new ReplicationAccount(user, host, null), replicaReset, binlogDisabled, consents);
    }

    /**
     * Disables binary logging on the source: refused as long as other replicas are attached to it. Needs a restart on
     * self-managed servers, so that it becomes an action for a person.
     */
    public EndPlan disableBinlog() {
        return new EndPlan(replica, source, account, replicaReset, true, consents);
    }

    /** Gives a consent. */
    public EndPlan allow(Consent consent) {
        Set<Consent> more = EnumSet.of(consent);
        more.addAll(consents);
        return new EndPlan(replica, source, account, replicaReset, binlogDisabled, more);
    }

    /** The server whose replication ends. */
    public ReplicaEndpoint replica() {
        return replica;
    }

    /** The server that is replicated from; empty if the plan does nothing there. */
    public Optional<SourceEndpoint> source() {
        return Optional.ofNullable(source);
    }

    /** The account to drop on the source. */
    public Optional<ReplicationAccount> account() {
        return Optional.ofNullable(account);
    }

    /** Whether the replica's configuration is removed, not only stopped. */
    public boolean resetsReplica() {
        return replicaReset;
    }

    /** Whether binary logging is disabled on the source. */
    public boolean disablesBinlog() {
        return binlogDisabled;
    }

    /** What the plan allows by name; unmodifiable, empty by default. See {@link #allow}. */
    public Set<Consent> consents() {
        return consents;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EndPlan that
                && replica.equals(that.replica)
                && Objects.equals(source, that.source)
                && Objects.equals(account, that.account)
                && replicaReset == that.replicaReset
                && binlogDisabled == that.binlogDisabled
                && consents.equals(that.consents);
    }

    @Override
    public int hashCode() {
        return Objects.hash(replica, source, account, replicaReset, binlogDisabled, consents);
    }

    @Override
    public String toString() {
        return "EndPlan{" + replica.label() + (source == null ? "" : " from " + source.label()) + "}";
    }
}
