// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Sql;
import dev.sluice.core.run.GuardValue;
import dev.sluice.testing.MockContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at and does single steps of an engine on real servers. */
final class StepDriver implements AutoCloseable {
    static final String PASSWORD = "Repl-Secret-1";

    private final Engine engine;
    private final Plan plan;
    private final MySqlSession source;
    private final MySqlSession replica;
    private final @Nullable Coordinates coordinates;
    private final ServerFacts sourceFacts;
    private final ServerFacts replicaFacts;

    StepDriver(Engine engine, Plan plan, MySqlSession source, MySqlSession replica, @Nullable Coordinates coordinates) {
        this.engine = engine;
        this.plan = plan;
        this.source = source;
        this.replica = replica;
        this.coordinates = coordinates;
        this.sourceFacts = facts(sourceEndpoint(plan), source);
        this.replicaFacts = facts(
                plan instanceof ReplicationPlan replication ? replication.replica() : ((EndPlan) plan).replica(),
                replica);
    }

    private static dev.sluice.api.endpoint.Endpoint sourceEndpoint(Plan plan) {
        return plan instanceof ReplicationPlan replication
                ? replication.source()
                : ((EndPlan) plan).source().orElseThrow();
    }

    private ServerFacts facts(dev.sluice.api.endpoint.Endpoint endpoint, MySqlSession session) {
        return engine.facts(endpoint, endpoint.address().orElseThrow(), session);
    }

    ServerFacts replicaFacts() {
        return replicaFacts;
    }

    private MockContext context(Step step) {
        MockContext context = plan instanceof ReplicationPlan replication
                ? MockContext.of(replication, sourceFacts, replicaFacts)
                : MockContext.of((EndPlan) plan, sourceFacts, replicaFacts);
        MockContext live = context.sourceSession(source).replicaSession(replica).at(step);
        return coordinates == null ? live : live.coordinates(coordinates);
    }

    private Step step(GuideStep row) {
        return Stream.concat(engine.sourceSteps().stream(), engine.replicaSteps().stream())
                .filter(one -> one.row() == row)
                .findFirst()
                .orElseThrow();
    }

    Look look(GuideStep row) {
        return step(row).look(context(step(row)));
    }

    /** Does what a look misses, once; returns what failed without saying anything about the server. */
    List<StepException> doMissing(GuideStep row) {
        List<StepException> refusals = new ArrayList<>();
        if (look(row) instanceof Look.Missing missing) {
            for (Operation operation : context(step(row)).step().operations()) {
                if (missing.operationIds().contains(operation.id())) {
                    perform(operation, row).ifPresent(refusals::add);
                }
            }
        }
        return refusals;
    }

    private Optional<StepException> perform(Operation operation, GuideStep row) {
        if (operation instanceof SqlOperation sql) {
            run(operation, sql.statement());
        } else if (operation instanceof ControlPlaneOperation call) {
            engine.controlPlane().orElseThrow().perform(call, context(step(row)));
        } else if (operation instanceof ProcedureOperation procedure) {
            try {
                run(operation, procedure.call());
            } catch (StepRefusedException refused) {
                return Optional.of(refused);
            }
        }
        return Optional.empty();
    }

    private void run(Operation operation, Statement statement) {
        MySqlSession session = operation.info().target() == Target.SOURCE ? source : replica;
        session.execute(Sql.complete(statement, secret -> PASSWORD, slot -> coordinates()));
    }

    private Coordinates coordinates() {
        if (coordinates == null) {
            throw new IllegalStateException("The test gave no coordinates");
        }
        return coordinates;
    }

    /** Plays the undos of a step's operations, last first. */
    void undo(GuideStep row) {
        List<Operation> operations = new ArrayList<>(context(step(row)).step().operations());
        java.util.Collections.reverse(operations);
        for (Operation operation : operations) {
            MySqlSession session = operation.info().target() == Target.SOURCE ? source : replica;
            operation.info().undos().stream()
                    .filter(undo -> undo.onlyIf()
                            .map(only -> GuardValue.isStill(only, session))
                            .orElse(true))
                    .forEach(undo -> run(operation, undo.statement()));
        }
    }

    @Override
    public void close() {
        source.close();
        replica.close();
    }
}
