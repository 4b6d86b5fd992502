// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.HeartbeatPlan;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.VerifyPlan;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.core.mysql.CoordinatesReader;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.plan.ReplicaWait;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a step is told, for tests of a single step without Sluice: {@code step.compile(MockContext.of(plan, source, replica))}, and with
 * sessions and {@link #at} for {@code step.look(…)}. Each method returns a new context. Not thread-safe: one thread at a time.
 *
 * @param plan the plan
 * @param sourceOrNull the source's facts, or null for an end plan without a source
 * @param replica the replica's facts
 * @param sourceSessionOrNull for looks, or null
 * @param replicaSessionOrNull for looks, or null
 * @param seedSessionOrNull on a way's temporary server, for looks, or null
 * @param stepOrNull the compiled step, or null
 * @param coordinatesOrNull the snapshot's coordinates, or null
 */
public record MockContext(
        Plan plan,
        @Nullable ServerFacts sourceOrNull,
        ServerFacts replica,
        @Nullable ServerSession sourceSessionOrNull,
        @Nullable ServerSession replicaSessionOrNull,
        @Nullable ServerSession seedSessionOrNull,
        @Nullable CompiledStep stepOrNull,
        @Nullable Coordinates coordinatesOrNull)
        implements LiveContext {
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    /** For a plan that sets up a replication. */
    public static MockContext of(ReplicationPlan plan, ServerFacts source, ServerFacts replica) {
        return new MockContext(plan, source, replica, null, null, null, null, null);
    }

    /** For a plan that ends a replication, with its source. */
    public static MockContext of(EndPlan plan, ServerFacts source, ServerFacts replica) {
        return new MockContext(plan, source, replica, null, null, null, null, null);
    }

    /** For a plan that copies one table anew. */
    public static MockContext of(CopyTablePlan plan, ServerFacts source, ServerFacts replica) {
        return new MockContext(plan, source, replica, null, null, null, null, null);
    }

    /** For a plan that stops or starts a replication. */
    public static MockContext of(PausePlan plan, ServerFacts replica) {
        return new MockContext(plan, null, replica, null, null, null, null, null);
    }

    /** For a plan that ends a replication and has no source. */
    public static MockContext of(EndPlan plan, ServerFacts replica) {
        return new MockContext(plan, null, replica, null, null, null, null, null);
    }

    /** With a session on the source. */
    public MockContext sourceSession(ServerSession session) {
        return new MockContext(
                plan,
                sourceOrNull,
                replica,
                session,
                replicaSessionOrNull,
                seedSessionOrNull,
                stepOrNull,
                coordinatesOrNull);
    }

    /** With a session on the replica. */
    public MockContext replicaSession(ServerSession session) {
        return new MockContext(
                plan,
                sourceOrNull,
                replica,
                sourceSessionOrNull,
                session,
                seedSessionOrNull,
                stepOrNull,
                coordinatesOrNull);
    }

    /** With the coordinates of a snapshot. */
    public MockContext coordinates(Coordinates coordinates) {
        return new MockContext(
                plan,
                sourceOrNull,
                replica,
                sourceSessionOrNull,
                replicaSessionOrNull,
                seedSessionOrNull,
                stepOrNull,
                coordinates);
    }

    /** At this step as it compiles in this context. */
    public MockContext at(Step step) {
        StepDraft draft = step.compile(this);
        CompiledStep compiled = new CompiledStep(step.key(), step.row(), draft.operations(), draft.notes(), DEADLINE);
        return new MockContext(
                plan,
                sourceOrNull,
                replica,
                sourceSessionOrNull,
                replicaSessionOrNull,
                seedSessionOrNull,
                compiled,
                coordinatesOrNull);
    }

    @Override
    public CompiledStep step() {
        return given(stepOrNull, "step");
    }

    /** Of the temporary server, if the test gave one. */
    public MockContext seedSession(ServerSession session) {
        return new MockContext(
                plan,
                sourceOrNull,
                replica,
                sourceSessionOrNull,
                replicaSessionOrNull,
                session,
                stepOrNull,
                coordinatesOrNull);
    }

    /** Always {@code mock-run}. */
    @Override
    public RunId run() {
        return new RunId("mock-run");
    }

    @Override
    public ServerSession seedSession() {
        return given(seedSessionOrNull, "session on a temporary server");
    }

    @Override
    public ServerSession sourceSession() {
        return given(sourceSessionOrNull, "session on the source");
    }

    @Override
    public ServerSession replicaSession() {
        return given(replicaSessionOrNull, "session on the replica");
    }

    private static <T> T given(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalStateException("The test gave no " + what);
        }
        return value;
    }

    @Override
    public Optional<Coordinates> coordinates() {
        return Optional.ofNullable(coordinatesOrNull);
    }

    @Override
    public ReplicationPlan replication() {
        if (plan instanceof ReplicationPlan replication) {
            return replication;
        }
        if (plan instanceof VerifyPlan verify) {
            return verify.replication();
        }
        if (plan instanceof HeartbeatPlan heartbeat) {
            return heartbeat.replication();
        }
        if (plan instanceof CopyTablePlan copy) {
            return copy.ofTable();
        }
        throw new IllegalStateException("The plan ends a replication");
    }

    @Override
    public EndPlan end() {
        if (plan instanceof EndPlan end) {
            return end;
        }
        throw new IllegalStateException("The plan sets up a replication");
    }

    @Override
    public PausePlan pause() {
        if (plan instanceof PausePlan pause) {
            return pause;
        }
        throw new IllegalStateException("The plan pauses no replication");
    }

    /** The coordinates that the test gave, else where the source stands now. */
    @Override
    public Coordinates sourceAtStart() {
        return coordinatesOrNull == null
                ? new CoordinatesReader(Dialect.of(source().version()), Clock.systemUTC())
                        .read(sourceSession(), "", "read by a test")
                : coordinatesOrNull;
    }

    /** Judged by one look. */
    @Override
    public Optional<String> replicaBehind() {
        return new ReplicaWait(Clock.systemUTC(), warning -> {}).behind(this);
    }

    @Override
    public ServerFacts source() {
        return given(sourceOrNull, "facts of the source");
    }

    @Override
    public Optional<ServerFacts> findSource() {
        return Optional.ofNullable(sourceOrNull);
    }

    @Override
    public Positioning positioning() {
        return switch (replication().positioning()) {
            case GTID -> Positioning.GTID;
            case BINLOG_POSITION -> Positioning.BINLOG_POSITION;
            case GTID_WHERE_BOTH_ALLOW ->
                source().gtidsOn() && replica.gtidsOn() ? Positioning.GTID : Positioning.BINLOG_POSITION;
        };
    }

    /** The plan's account; where the plan has no host part, the replica's host. */
    @Override
    public ReplicationAccount account() {
        if (plan instanceof EndPlan end) {
            return end.account().orElseThrow(() -> new IllegalStateException("The plan names no account"));
        }
        ReplicationAccount account = replication().replicationAccount();
        return new ReplicationAccount(
                account.user(), account.host().orElse(replica.address().host()), account.passwordOrNull());
    }

    @Override
    public ServerAddress sourceAsSeenByReplica() {
        return replication().source().addressForReplica().orElse(source().address());
    }

    @Override
    public boolean alreadyReplicating() {
        return plan instanceof ReplicationPlan replication
                && replica.channels().stream()
                        .anyMatch(channel -> channel.user()
                                        .equals(replication.replicationAccount().user())
                                && channel.sourceUuid().equalsIgnoreCase(source().serverUuid()));
    }

    @Override
    public boolean allows(Consent consent) {
        return plan.consents().contains(consent);
    }

    @Override
    public <T extends EndpointOption<?>> List<T> sourceOptions(Class<T> type) {
        return options(plan instanceof ReplicationPlan replication ? replication.sourceOptions() : List.of(), type);
    }

    @Override
    public <T extends EndpointOption<?>> List<T> replicaOptions(Class<T> type) {
        return options(plan instanceof ReplicationPlan replication ? replication.replicaOptions() : List.of(), type);
    }

    private static <T extends EndpointOption<?>> List<T> options(List<EndpointOption<?>> all, Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
