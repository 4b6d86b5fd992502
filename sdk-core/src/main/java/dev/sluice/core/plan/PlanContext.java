// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.facts.ChannelFacts;
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
import dev.sluice.api.spi.StepContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What steps may know: a plan, the servers' facts and what follows from them. Immutable and thread-safe. */
public final class PlanContext implements StepContext {
    private final Plan plan;
    private final @Nullable ServerFacts source;
    private final ServerFacts replica;
    private final Positioning positioning;

    private PlanContext(Plan plan, @Nullable ServerFacts source, ServerFacts replica, Positioning positioning) {
        this.plan = plan;
        this.source = source;
        this.replica = replica;
        this.positioning = positioning;
    }

    /** The context of a replication that is to be compiled. */
    static PlanContext of(ReplicationPlan plan, ServerFacts source, ServerFacts replica) {
        boolean gtid = plan.positioning() == Positioning.GTID
                || (plan.positioning() == Positioning.GTID_WHERE_BOTH_ALLOW && source.gtidsOn() && replica.gtidsOn());
        return new PlanContext(plan, source, replica, gtid ? Positioning.GTID : Positioning.BINLOG_POSITION);
    }

    /** The context of a comparison that is to be compiled. */
    static PlanContext of(VerifyPlan plan, ServerFacts source, ServerFacts replica) {
        return new PlanContext(
                plan, source, replica, of(plan.replication(), source, replica).positioning());
    }

    /** The context of a heartbeat that is to be compiled. */
    static PlanContext of(HeartbeatPlan plan, ServerFacts source, ServerFacts replica) {
        return new PlanContext(
                plan, source, replica, of(plan.replication(), source, replica).positioning());
    }

    /** The context of a copy of one table that is to be compiled. */
    static PlanContext of(CopyTablePlan plan, ServerFacts source, ServerFacts replica) {
        return new PlanContext(
                plan, source, replica, of(plan.replication(), source, replica).positioning());
    }

    /** The context of an end that is to be compiled. */
    static PlanContext of(EndPlan plan, @Nullable ServerFacts source, ServerFacts replica) {
        return new PlanContext(plan, source, replica, Positioning.BINLOG_POSITION);
    }

    /** The context of a pause that is to be compiled. */
    static PlanContext of(PausePlan plan, @Nullable ServerFacts source, ServerFacts replica) {
        return new PlanContext(plan, source, replica, Positioning.BINLOG_POSITION);
    }

    /** The context in which a plan was compiled. */
    public static PlanContext of(CompiledPlan compiled) {
        return new PlanContext(
                compiled.plan(), compiled.sourceFacts().orElse(null), compiled.replicaFacts(), compiled.positioning());
    }

    @Override
    public Plan plan() {
        return plan;
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
        throw new IllegalStateException("This plan sets up no replication");
    }

    @Override
    public EndPlan end() {
        if (plan instanceof EndPlan end) {
            return end;
        }
        throw new IllegalStateException("This plan ends no replication");
    }

    @Override
    public PausePlan pause() {
        if (plan instanceof PausePlan pause) {
            return pause;
        }
        throw new IllegalStateException("This plan pauses no replication");
    }

    @Override
    public ServerFacts source() {
        return findSource().orElseThrow(() -> new IllegalStateException("This plan has no source"));
    }

    @Override
    public Optional<ServerFacts> findSource() {
        return Optional.ofNullable(source);
    }

    @Override
    public ServerFacts replica() {
        return replica;
    }

    @Override
    public Positioning positioning() {
        return positioning;
    }

    @Override
    public ReplicationAccount account() {
        ReplicationAccount account = replication().replicationAccount();
        return account.host().isPresent()
                ? account
                : new ReplicationAccount(
                        account.user(), AccountHost.of(replica).orElse(null), account.passwordOrNull());
    }

    @Override
    public ServerAddress sourceAsSeenByReplica() {
        SourceEndpoint endpoint = replication().source();
        return endpoint.addressForReplica().orElse(source().address());
    }

    @Override
    public boolean alreadyReplicating() {
        return plan instanceof ReplicationPlan && replica.channels().stream().anyMatch(this::isOurs);
    }

    private boolean isOurs(ChannelFacts channel) {
        String account = replication()
                .replica()
                .providersAccount()
                .orElseGet(() -> replication().replicationAccount().user());
        return channel.name().isEmpty()
                && channel.user().equals(account)
                && channel.sourceUuid().equalsIgnoreCase(source().serverUuid());
    }

    @Override
    public boolean allows(Consent consent) {
        return plan.consents().contains(consent);
    }

    @Override
    public <T extends EndpointOption<?>> List<T> sourceOptions(Class<T> type) {
        return options(plan instanceof ReplicationPlan p ? p.sourceOptions() : List.of(), type);
    }

    @Override
    public <T extends EndpointOption<?>> List<T> replicaOptions(Class<T> type) {
        return options(plan instanceof ReplicationPlan p ? p.replicaOptions() : List.of(), type);
    }

    private static <T extends EndpointOption<?>> List<T> options(List<EndpointOption<?>> options, Class<T> type) {
        return options.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
