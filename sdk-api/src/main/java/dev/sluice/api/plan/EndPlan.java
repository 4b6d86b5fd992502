// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The end of a replication: stop, remove its configuration and its filter from the replica, and what else is asked for there and on
 * the source. Every method returns a new plan. It is data without secrets; equal plans are equal. Immutable and thread-safe.
 *
 * <pre>{@code
 * EndPlan end = EndPlan.of(replica).source(source)
 *         .enableEvents()
 *         .dropReplicationUser("sluice_repl", "10.0.0.7")
 *         .restoreRetention(Duration.ofDays(3));
 * }</pre>
 *
 * <p>The replica stays read-only if it is: the preview has the statements that change that.
 */
@CheckReturnValue
public final class EndPlan implements Plan {
    private final ReplicaEndpoint replica;
    private final @Nullable SourceEndpoint source;
    private final @Nullable ReplicationAccount account;
    private final @Nullable Duration retention;
    private final @Nullable String purgeTo;
    private final Set<Wish> wishes;
    private final Set<Consent> consents;

    /** What is done beyond the stop. */
    private enum Wish {
        RESET,
        EVENTS,
        DEFAULT_RETENTION,
        NO_BINLOG
    }

    private EndPlan(
            ReplicaEndpoint replica,
            @Nullable SourceEndpoint source,
            @Nullable ReplicationAccount account,
            @Nullable Duration retention,
            @Nullable String purgeTo,
            Set<Wish> wishes,
            Set<Consent> consents) {
        this.replica = requireNonNull(replica, "replica");
        this.source = source;
        this.account = account;
        this.retention = retention;
        this.purgeTo = purgeTo;
        this.wishes = wishes;
        this.consents = consents.isEmpty() ? Set.of() : java.util.Collections.unmodifiableSet(EnumSet.copyOf(consents));
        if (source == null && (account != null || restoresRetention() || purgeTo != null || disablesBinlog())) {
            throw new IllegalArgumentException(
                    "To drop an account, restore the retention, purge binary logs or disable them the plan needs its source");
        }
        if (enablesEvents() && !resetsReplica()) {
            throw new IllegalArgumentException(
                    "Events are not enabled on a replica that keeps its configuration: they would run on both servers");
        }
    }

    /** Stops the replication of this replica and removes its configuration; nothing is done on the source. */
    public static EndPlan of(ReplicaEndpoint replica) {
        return new EndPlan(replica, null, null, null, null, Set.of(Wish.RESET), Set.of());
    }

    /** The server that is replicated from, for what is to be done there. */
    public EndPlan source(SourceEndpoint server) {
        return new EndPlan(replica, server, account, retention, purgeTo, wishes, consents);
    }

    /**
     * Keeps the configuration on the replica, so that replication can be started again.
     *
     * @throws IllegalArgumentException if the plan enables events
     */
    public EndPlan keepConfiguration() {
        return wishing(Wish.RESET, false);
    }

    /**
     * Enables the events on the replica that arrived disabled: with {@link #source} exactly those that are enabled there at the
     * moment; without it those that the replica has disabled for being a replica, which may hold some that were disabled on the source
     * as well. The preview has the statements. An event that is enabled on both servers runs on both: disable it on the source when
     * the replica takes over. Refused while the replica has {@code super_read_only} on. <b>When not called:</b> they are listed and
     * stay disabled.
     *
     * @throws IllegalArgumentException if the plan keeps the replica's configuration
     */
    public EndPlan enableEvents() {
        return wishing(Wish.EVENTS, true);
    }

    /** Drops this replication account on the source. */
    public EndPlan dropReplicationUser(String user, String host) {
        return new EndPlan(
                replica, source, new ReplicationAccount(user, host, null), retention, purgeTo, wishes, consents);
    }

    /**
     * Sets the source's retention of binary logs to what it was before the replication. No server keeps a record of that; the journal of
     * the run that set the replication up has it. <b>When not called:</b> it is left as it is, and the preview says what it is.
     *
     * @param before over zero; rounded up to whole hours on RDS and to whole days before MySQL 8.0
     * @throws IllegalArgumentException if it is not over zero, or the plan has no source
     */
    public EndPlan restoreRetention(Duration before) {
        if (before.isZero() || before.isNegative()) {
            throw new IllegalArgumentException("A retention is over zero, not " + before);
        }
        return new EndPlan(replica, source, account, before, purgeTo, without(Wish.DEFAULT_RETENTION), consents);
    }

    /**
     * Sets the source's retention of binary logs to what its kind of server has by default: on RDS as long as RDS itself needs them, on
     * a self-managed server MySQL's own default, with nothing persisted.
     *
     * @throws IllegalArgumentException if the plan has no source
     */
    public EndPlan restoreDefaultRetention() {
        return new EndPlan(replica, source, account, null, purgeTo, with(Wish.DEFAULT_RETENTION), consents);
    }

    /**
     * Deletes the source's binary logs before this file, which cannot be undone. Self-managed sources only: managed ones delete theirs when their
     * retention is over. Refused as long as any other replica is attached, or this one, if it keeps its configuration, has not applied all that is
     * deleted; replicas that are not connected are not seen. <b>When not called:</b> they stay until the retention is over.
     *
     * @param firstKept the name of the first file that stays, as {@code SHOW BINARY LOGS} shows it, such as {@code binlog.000123}
     * @throws IllegalArgumentException if it is no name of a file, or the plan has no source
     */
    public EndPlan purgeBinlogsTo(String firstKept) {
        if (firstKept.isBlank() || firstKept.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("Not the name of a binary log: '" + firstKept + "'");
        }
        return new EndPlan(replica, source, account, retention, firstKept, wishes, consents);
    }

    /**
     * Disables binary logging on the source: refused as long as other replicas are attached to it. Needs a restart on
     * self-managed servers, so that it becomes an action for a person.
     */
    public EndPlan disableBinlog() {
        return wishing(Wish.NO_BINLOG, true);
    }

    /** Gives a consent. */
    public EndPlan allow(Consent consent) {
        Set<Consent> more = EnumSet.of(consent);
        more.addAll(consents);
        return new EndPlan(replica, source, account, retention, purgeTo, wishes, more);
    }

    private EndPlan wishing(Wish wish, boolean wished) {
        return new EndPlan(replica, source, account, retention, purgeTo, wished ? with(wish) : without(wish), consents);
    }

    private Set<Wish> with(Wish wish) {
        Set<Wish> more = EnumSet.of(wish);
        more.addAll(wishes);
        return more;
    }

    private Set<Wish> without(Wish wish) {
        Set<Wish> fewer = EnumSet.noneOf(Wish.class);
        fewer.addAll(wishes);
        fewer.remove(wish);
        return fewer;
    }

    /** The server whose replication ends. */
    @Override
    public ReplicaEndpoint replica() {
        return replica;
    }

    /** The server that is replicated from; empty if the plan does nothing there. */
    public Optional<SourceEndpoint> source() {
        return Optional.ofNullable(source);
    }

    @Override
    public Optional<SourceEndpoint> findSource() {
        return source();
    }

    /** The account to drop on the source. */
    public Optional<ReplicationAccount> account() {
        return Optional.ofNullable(account);
    }

    /** The retention that the source is to have; empty if it is left, or {@link #restoresDefaultRetention()}. */
    public Optional<Duration> retention() {
        return Optional.ofNullable(retention);
    }

    /** The first of the source's binary logs that stays; empty if none is deleted. See {@link #purgeBinlogsTo}. */
    public Optional<String> firstKeptBinlog() {
        return Optional.ofNullable(purgeTo);
    }

    /** Whether the source's retention becomes its kind of server's default. */
    public boolean restoresDefaultRetention() {
        return wishes.contains(Wish.DEFAULT_RETENTION);
    }

    private boolean restoresRetention() {
        return retention != null || restoresDefaultRetention();
    }

    /** Whether the replica's configuration is removed, not only stopped. */
    public boolean resetsReplica() {
        return wishes.contains(Wish.RESET);
    }

    /** Whether events that arrived disabled are enabled on the replica. */
    public boolean enablesEvents() {
        return wishes.contains(Wish.EVENTS);
    }

    /** Whether binary logging is disabled on the source. */
    public boolean disablesBinlog() {
        return wishes.contains(Wish.NO_BINLOG);
    }

    /** What the plan allows by name; unmodifiable, empty by default. See {@link #allow}. */
    @Override
    public Set<Consent> consents() {
        return consents;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EndPlan that
                && replica.equals(that.replica)
                && Objects.equals(source, that.source)
                && Objects.equals(account, that.account)
                && Objects.equals(retention, that.retention)
                && Objects.equals(purgeTo, that.purgeTo)
                && wishes.equals(that.wishes)
                && consents.equals(that.consents);
    }

    @Override
    public int hashCode() {
        return Objects.hash(replica, source, account, retention, purgeTo, wishes, consents);
    }

    @Override
    public String toString() {
        return "EndPlan{" + replica.label() + (source == null ? "" : " from " + source.label()) + "}";
    }
}
