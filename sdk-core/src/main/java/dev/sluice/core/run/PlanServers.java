// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.ServerAccess;
import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.dump.DumpPrograms;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.preflight.CheckServers;
import dev.sluice.core.preflight.CheckSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Opens sessions for checks on the servers of a compiled plan, each by its engine's way. Thread-safe.
 *
 * @param programs what a copy by mysqldump would start
 * @param budget what a copy may use
 * @param answer how long a session waits for an answer
 */
public record PlanServers(
        Connectors connectors, CompiledPlan compiled, DumpPrograms programs, CopyBudget budget, Duration answer)
        implements CheckServers {
    /** With the patience of all sessions that look at something. */
    public PlanServers(Connectors connectors, CompiledPlan compiled, DumpPrograms programs, CopyBudget budget) {
        this(connectors, compiled, programs, budget, MySqlConnector.DEFAULT_CONTROL_TIMEOUT);
    }

    /** The same for checks that take longer: a session that gives up before its check would make the check's time worth nothing. */
    public PlanServers waitingFor(Duration check) {
        return new PlanServers(connectors, compiled, programs, budget, check.compareTo(answer) > 0 ? check : answer);
    }

    @Override
    public CheckSession open(Target target) {
        Endpoint endpoint = endpoint(target).orElseThrow(() -> new IllegalStateException("This plan has no " + target));
        Optional<ServerAccess> access = connectors.engines().of(endpoint).access();
        if (access.isPresent()) {
            return CheckSession.of(access.get().open(endpoint));
        }
        return CheckSession.open(connector(endpoint));
    }

    /** Opens sessions on a server; empty where its engine has an access of its own, or the plan has no such server. */
    public Optional<MySqlConnector> connector(Target target) {
        return endpoint(target)
                .filter(known -> connectors.engines().of(known).access().isEmpty())
                .map(this::connector);
    }

    private MySqlConnector connector(Endpoint endpoint) {
        return connectors.to(endpoint, Connectors.PlainText.of(compiled.plan().consents()), Map.of(), answer);
    }

    @Override
    public Optional<CheckSession> openOnSource(ReplicationAccount account) {
        Endpoint source = endpoint(Target.SOURCE).orElseThrow();
        if (connectors.engines().of(source).access().isPresent()) {
            return Optional.empty();
        }
        Connectors.PlainText plainText = Connectors.PlainText.of(compiled.plan().consents());
        return Optional.of(CheckSession.open(connectors.as(account, source, plainText)));
    }

    /** Engines with an access of their own copy by it, whatever the plan says. */
    @Override
    public Optional<DumpPrograms> clientPrograms() {
        return copiesByEngine() ? Optional.empty() : Optional.of(programs);
    }

    @Override
    public int copyConnections(Target target) {
        if (copiesByEngine()) {
            return 0;
        }
        return target == Target.SOURCE ? budget.readers() : budget.writers();
    }

    @Override
    public Optional<CopyBudget> copyBudget() {
        return copiesByEngine() ? Optional.empty() : Optional.of(budget);
    }

    @Override
    public Optional<Duration> binlogRetention() {
        return compiled.sourceFacts()
                .flatMap(facts -> endpoint(Target.SOURCE)
                        .flatMap(source -> connectors.engines().of(source).binlogRetention(facts)));
    }

    private boolean copiesByEngine() {
        return Stream.of(Target.SOURCE, Target.REPLICA)
                .flatMap(target -> endpoint(target).stream())
                .anyMatch(endpoint -> connectors.engines().of(endpoint).access().isPresent());
    }

    /** The checks of the source's engine as a source and of the replica's engine as a replica. */
    public List<Check> engineChecks() {
        return Stream.concat(
                        endpoint(Target.SOURCE).stream()
                                .flatMap(source -> connectors.engines().of(source).sourceChecks().stream()),
                        endpoint(Target.REPLICA).stream()
                                .filter(there -> !compiled.replicaFacts().isExpected())
                                .flatMap(replica -> connectors.engines().of(replica).replicaChecks().stream()))
                .toList();
    }

    private Optional<Endpoint> endpoint(Target target) {
        return RunServers.findEndpoint(compiled.plan(), target);
    }
}
