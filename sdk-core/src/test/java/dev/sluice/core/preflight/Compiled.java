// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.compiled.Explanation;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.spi.StepKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A compiled plan for a situation, with one step. */
record Compiled(Situation situation, CompiledStep step) implements CompiledPlan {
    /** One that does nothing. */
    static Compiled of(Situation situation) {
        return with(situation, List.of());
    }

    /** One that gives the replica a server id. */
    static Compiled changingServerId(Situation situation) {
        return with(
                situation,
                List.of(new SqlOperation(
                        OperationInfo.changing("set-server-id", Target.REPLICA, "give the replica an id"),
                        Statement.of("SET PERSIST server_id = 7"))));
    }

    private static Compiled with(Situation situation, List<Operation> operations) {
        return new Compiled(
                situation,
                new CompiledStep(
                        new StepKey(TestServer.ENGINE, "prepare-replica", 1),
                        GuideStep.PREPARE_REPLICA,
                        operations,
                        List.of(),
                        Duration.ofMinutes(1)));
    }

    @Override
    public Plan plan() {
        return situation.plan();
    }

    @Override
    public Optional<ServerFacts> sourceFacts() {
        return situation.findSource();
    }

    @Override
    public ServerFacts replicaFacts() {
        return situation.replica();
    }

    @Override
    public Positioning positioning() {
        return situation.positioning();
    }

    @Override
    public List<CompiledStep> steps() {
        return List.of(step);
    }

    @Override
    public String fingerprint() {
        return "fingerprint";
    }

    @Override
    public Explanation explain() {
        throw new UnsupportedOperationException();
    }
}
