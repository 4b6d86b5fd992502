// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.UnresolvedSecretException;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.ServerAccess;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.plan.PlanCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks both servers of a plan about themselves, at the same time, so that the problems of both are told together. */
public final class FactsGatherer {
    private static final Logger log = LoggerFactory.getLogger(FactsGatherer.class);
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    private final Connectors connectors;

    public FactsGatherer(Connectors connectors) {
        this.connectors = connectors;
    }

    /**
     * What both servers said.
     *
     * @param source null for an end plan without a source
     */
    public record Both(@Nullable ServerFacts source, ServerFacts replica) {}

    /**
     * Asks.
     *
     * @throws PlanRejectedException with the problems of both servers
     */
    public Both ask(Plan plan) {
        if (plan instanceof ReplicationPlan replication && replication.replica().isCreatedByPlan()) {
            return askInTurn(replication);
        }
        Optional<FutureTask<ServerFacts>> source =
                RunServers.findEndpoint(plan, Target.SOURCE).map(endpoint -> begin(endpoint, plan));
        FutureTask<ServerFacts> replica =
                begin(RunServers.findEndpoint(plan, Target.REPLICA).orElseThrow(), plan);
        List<Problem> problems = new ArrayList<>();
        ServerFacts sourceFacts = source.map(task -> end(task, problems)).orElse(null);
        ServerFacts replicaFacts = end(replica, problems);
        if (replicaFacts == null || !problems.isEmpty()) {
            throw new PlanRejectedException(problems);
        }
        return new Both(sourceFacts, replicaFacts);
    }

    /** What a replica that is not there yet will be like follows from its source. */
    private Both askInTurn(ReplicationPlan plan) {
        List<Problem> problems = new ArrayList<>();
        ServerFacts source = end(begin(plan.source(), plan), problems);
        if (source == null) {
            throw new PlanRejectedException(problems);
        }
        ServerFacts replica = end(begin(plan.replica(), () -> createdReplica(plan, source)), problems);
        if (replica == null) {
            throw new PlanRejectedException(problems);
        }
        return new Both(source, replica);
    }

    private ServerFacts createdReplica(ReplicationPlan plan, ServerFacts source) {
        Engine engine = connectors.engines().of(plan.replica());
        Optional<ServerFacts> expected = engine.expectedFacts(plan.replica(), plan.source(), source);
        if (expected.isPresent()
                && engine.controlPlane().isEmpty()
                && engine.access().isEmpty()) {
            return factsIfThere(plan).orElseGet(expected::get);
        }
        return expected.orElseGet(() -> facts(plan.replica(), plan));
    }

    /** Where nobody can be asked whether the replica is there, it says so itself, or does not answer. */
    private Optional<ServerFacts> factsIfThere(ReplicationPlan plan) {
        if (plan.replica().address().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(facts(plan.replica(), plan));
        } catch (StepUnavailableException away) {
            log.debug(
                    "A replica that is to be created does not answer. replica={}",
                    plan.replica().label(),
                    away);
            return Optional.empty();
        }
    }

    private FutureTask<ServerFacts> begin(Endpoint endpoint, Plan plan) {
        return begin(endpoint, () -> facts(endpoint, plan));
    }

    private static FutureTask<ServerFacts> begin(Endpoint endpoint, Callable<ServerFacts> asked) {
        FutureTask<ServerFacts> task = new FutureTask<>(asked);
        Thread thread = new Thread(task, "sluice-facts-" + endpoint.label());
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private ServerFacts facts(Endpoint endpoint, Plan plan) {
        Engine engine = connectors.engines().of(endpoint);
        Optional<ServerAccess> access = engine.access();
        if (access.isPresent()) {
            ServerAddress address = endpoint.address().orElseGet(() -> engine.locate(endpoint));
            return engine.facts(endpoint, address, access.get().open(endpoint));
        }
        MySqlConnector connector = connectors.to(endpoint, Connectors.PlainText.of(plan.consents()), Map.of());
        try (MySqlSession session = connector.open(SessionUse.CONTROL)) {
            return engine.facts(endpoint, connector.address(), session);
        }
    }

    private static @Nullable ServerFacts end(FutureTask<ServerFacts> task, List<Problem> problems) {
        try {
            return task.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            problems.addAll(problemsOf(failed.getCause()));
        } catch (TimeoutException late) {
            task.cancel(true);
            problems.add(Problem.of(PlanCode.SERVER_SILENT, "A server did not answer within " + DEADLINE));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            task.cancel(true);
            problems.add(Problem.of(PlanCode.SERVER_SILENT, "The thread that compiled was interrupted"));
        }
        return null;
    }

    private static List<Problem> problemsOf(@Nullable Throwable cause) {
        if (cause instanceof SluiceException known) {
            return known.problems();
        }
        if (cause instanceof UnresolvedSecretException unresolved) {
            return List.of(Problem.of(PlanCode.SECRET_UNRESOLVED, String.valueOf(unresolved.getMessage())));
        }
        if (cause instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(cause);
    }
}
