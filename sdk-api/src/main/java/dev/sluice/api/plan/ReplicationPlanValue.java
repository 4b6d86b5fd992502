// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/** The one implementation of {@link ReplicationPlan}. */
@Value.Immutable(builder = false)
@SluiceValue
abstract non-sealed class ReplicationPlanValue implements ReplicationPlan {
    @Override
    @Value.Parameter
    public abstract SourceEndpoint source();

    @Override
    @Value.Parameter
    public abstract List<EndpointOption<?>> sourceOptions();

    @Override
    @Value.Parameter
    public abstract ReplicaEndpoint replica();

    @Override
    @Value.Parameter
    public abstract List<EndpointOption<?>> replicaOptions();

    @Override
    @Value.Default
    public Positioning positioning() {
        return Positioning.GTID_WHERE_BOTH_ALLOW;
    }

    @Override
    public abstract Optional<Duration> binlogRetention();

    @Override
    @Value.Default
    public Duration retentionWhileReplicating() {
        return DEFAULT_RETENTION_WHILE_REPLICATING;
    }

    @Override
    @Value.Default
    public Scope scope() {
        return Scope.EVERYTHING;
    }

    @Override
    @Value.Default
    public CopyMethod copyMethod() {
        return CopyMethod.IN_PROCESS;
    }

    @Override
    @Value.Default
    public List<Seed> seeds() {
        return List.of(Seed.LOGICAL_COPY);
    }

    @Override
    @Value.Default
    public ReplicationAccount replicationAccount() {
        return ReplicationAccount.DEFAULT;
    }

    @Override
    @Value.Default
    public GuideStep lastStep() {
        return GuideStep.RELAX_RETENTION;
    }

    @Override
    public abstract Set<GuideStep> pauses();

    @Override
    public abstract Optional<Coordinates> start();

    @Override
    public abstract Set<Consent> consents();

    @Override
    @Value.Default
    public Duration lockWindow() {
        return DEFAULT_LOCK_WINDOW;
    }

    @Override
    @Value.Default
    public SnapshotLimits snapshotLimits() {
        return SnapshotLimits.DEFAULT;
    }

    @Override
    public abstract Map<GuideStep, Duration> deadlines();

    @Override
    @Value.Default
    public boolean replicaStaysWritable() {
        return false;
    }

    @Override
    public abstract Set<String> skippedChecks();

    @Override
    @Value.Default
    public VerificationWay verificationWay() {
        return VerificationWay.LIVE;
    }

    @Value.Check
    void check() {
        if (source().equals(replica())) {
            throw new IllegalArgumentException("Source and replica are the same endpoint: " + source().label());
        }
        if (lastStep().compareTo(GuideStep.RELAX_RETENTION) > 0) {
            throw new IllegalArgumentException(
                    "A replication plan ends at RELAX_RETENTION or earlier, not at " + lastStep());
        }
    }

    @Override
    public ReplicationPlan withGtid() {
        return copy().withPositioning(Positioning.GTID);
    }

    @Override
    public ReplicationPlan withBinlogPosition() {
        return copy().withPositioning(Positioning.BINLOG_POSITION);
    }

    @Override
    public ReplicationPlan retainBinlogs(Duration window) {
        return copy().withBinlogRetention(Hours.requireWhole(window));
    }

    @Override
    public ReplicationPlan retainWhileReplicating(Duration window) {
        return copy().withRetentionWhileReplicating(Hours.requireWhole(window));
    }

    @Override
    public ReplicationPlan databases(String... names) {
        Scope s = scope();
        return scope(new Scope(joined(s.databases(), names), s.tables(), s.excludedDatabases(), s.excludedTables()));
    }

    @Override
    public ReplicationPlan tables(TableName... names) {
        Scope s = scope();
        return scope(new Scope(s.databases(), joined(s.tables(), names), s.excludedDatabases(), s.excludedTables()));
    }

    @Override
    public ReplicationPlan withoutDatabases(String... names) {
        Scope s = scope();
        return scope(new Scope(s.databases(), s.tables(), joined(s.excludedDatabases(), names), s.excludedTables()));
    }

    @Override
    public ReplicationPlan withoutTables(TableName... names) {
        Scope s = scope();
        return scope(new Scope(s.databases(), s.tables(), s.excludedDatabases(), joined(s.excludedTables(), names)));
    }

    @Override
    public ReplicationPlan scope(Scope scope) {
        return copy().withScope(scope);
    }

    @Override
    public ReplicationPlan copyWith(CopyMethod method) {
        return copy().withCopyMethod(method);
    }

    @Override
    public ReplicationPlan seedWith(Seed first, Seed... others) {
        List<Seed> seeds = joined(List.of(first), others);
        if (Set.copyOf(seeds).size() < seeds.size()) {
            throw new IllegalArgumentException("Each way to seed the replica is named once, not " + seeds);
        }
        return copy().withSeeds(seeds);
    }

    @Override
    public ReplicationPlan replicationUser(String user) {
        return copy().withReplicationAccount(
                        new ReplicationAccount(user, replicationAccount().hostOrNull(), null));
    }

    @Override
    public ReplicationPlan replicationUser(String user, Secret password) {
        return copy().withReplicationAccount(
                        new ReplicationAccount(user, replicationAccount().hostOrNull(), password));
    }

    @Override
    public ReplicationPlan replicationUserHost(String host) {
        ReplicationAccount account = replicationAccount();
        return copy().withReplicationAccount(new ReplicationAccount(account.user(), host, account.passwordOrNull()));
    }

    @Override
    public ReplicationPlan until(GuideStep step) {
        return copy().withLastStep(step);
    }

    @Override
    public ReplicationPlan pauseBefore(GuideStep step) {
        return copy().withPauses(joined(pauses(), step));
    }

    @Override
    public ReplicationPlan startingFrom(Coordinates coordinates) {
        return copy().withStart(coordinates);
    }

    @Override
    public ReplicationPlan lockAtMost(Duration window) {
        if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("The lock window is 1 s to 60 s, not " + window);
        }
        return copy().withLockWindow(window);
    }

    @Override
    public ReplicationPlan snapshotLimits(SnapshotLimits limits) {
        return copy().withSnapshotLimits(limits);
    }

    @Override
    public ReplicationPlan deadline(GuideStep step, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("A deadline is positive, not " + limit);
        }
        Map<GuideStep, Duration> more = new java.util.EnumMap<>(GuideStep.class);
        more.putAll(deadlines());
        more.put(step, limit);
        return copy().withDeadlines(more);
    }

    @Override
    public ReplicationPlan verifyAtOnePosition() {
        return copy().withVerificationWay(VerificationWay.AT_ONE_POSITION);
    }

    @Override
    public ReplicationPlan leaveReplicaWritable() {
        return copy().withReplicaStaysWritable(true);
    }

    @Override
    public ReplicationPlan skipChecks(String... ids) {
        return copy().withSkippedChecks(joined(skippedChecks(), ids));
    }

    @Override
    public ReplicationPlan allow(Consent consent) {
        return copy().withConsents(joined(consents(), consent));
    }

    /** A plan about this alone, copied and compared in the usual ways, however the whole was. */
    static ReplicationPlan narrowed(ReplicationPlan plan, Scope scope) {
        return ((ReplicationPlanValue) plan)
                .copy()
                .withScope(scope)
                .withStart(Optional.empty())
                .withSeeds(List.of(Seed.LOGICAL_COPY))
                .withCopyMethod(CopyMethod.IN_PROCESS)
                .withLastStep(GuideStep.RELAX_RETENTION)
                .withVerificationWay(VerificationWay.LIVE);
    }

    private ImmutableReplicationPlanValue copy() {
        return (ImmutableReplicationPlanValue) this;
    }

    @SafeVarargs
    private static <T> List<T> joined(Collection<T> first, T... more) {
        List<T> both = new ArrayList<>(first);
        both.addAll(List.of(more));
        return both;
    }
}
