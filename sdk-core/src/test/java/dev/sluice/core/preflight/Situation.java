// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.VerifyPlan;
import dev.sluice.api.spi.StepContext;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A plan between two servers.
 *
 * @param running whether the replica follows the source already, as the plan wants it
 */
record Situation(Plan plan, ServerFacts source, ServerFacts replica, boolean running) implements StepContext {
    static final ReplicationPlan PLAN =
            ReplicationPlan.from(new TestServer("10.0.0.1")).to(new TestServer("10.0.0.2"));

    /** Two healthy servers. */
    static Situation healthy() {
        return of(Server.source(), Server.replica());
    }

    static Situation of(Server source, Server replica) {
        return new Situation(PLAN, source.facts(), replica.facts(), false);
    }

    static Situation source(Server source) {
        return of(source, Server.replica());
    }

    static Situation replica(Server replica) {
        return of(Server.source(), replica);
    }

    Situation plan(UnaryOperator<ReplicationPlan> change) {
        return new Situation(change.apply(PLAN), source, replica, running);
    }

    /** The same with a plan that is changed further. */
    Situation with(UnaryOperator<ReplicationPlan> change) {
        return new Situation(change.apply(replication()), source, replica, running);
    }

    Situation ending(EndPlan end) {
        return new Situation(end, source, replica, running);
    }

    /** The same servers compared, as the plan says. */
    Situation compared() {
        return new Situation(new VerifyPlan(replication()), source, replica, running);
    }

    /** The plan ran before, and replication goes on. */
    Situation alreadyRunning() {
        return new Situation(plan, source, replica, true);
    }

    @Override
    public ReplicationPlan replication() {
        return plan instanceof VerifyPlan comparison ? comparison.replication() : (ReplicationPlan) plan;
    }

    @Override
    public EndPlan end() {
        return (EndPlan) plan;
    }

    @Override
    public PausePlan pause() {
        return (PausePlan) plan;
    }

    @Override
    public Optional<ServerFacts> findSource() {
        return plan.findSource().map(named -> source);
    }

    @Override
    public Positioning positioning() {
        Positioning wanted = replication().positioning();
        boolean gtid = wanted == Positioning.GTID
                || (wanted == Positioning.GTID_WHERE_BOTH_ALLOW && source.gtidsOn() && replica.gtidsOn());
        return gtid ? Positioning.GTID : Positioning.BINLOG_POSITION;
    }

    @Override
    public ReplicationAccount account() {
        ReplicationAccount account = replication().replicationAccount();
        String host = account.host().orElse(replica.address().host());
        return new ReplicationAccount(account.user(), host, account.passwordOrNull());
    }

    @Override
    public ServerAddress sourceAsSeenByReplica() {
        return source.address();
    }

    @Override
    public boolean alreadyReplicating() {
        return running;
    }

    @Override
    public boolean allows(Consent consent) {
        return replication().allows(consent);
    }

    @Override
    public <T extends EndpointOption<?>> List<T> sourceOptions(Class<T> type) {
        return List.of();
    }

    @Override
    public <T extends EndpointOption<?>> List<T> replicaOptions(Class<T> type) {
        return List.of();
    }
}
