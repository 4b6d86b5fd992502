// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.Target;
import dev.sluice.api.run.ReplicaMove.Outcome;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.plan.PlanContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Brings replication back on the server that a failover has made the replica. Its caller has claimed that server. One thread at a time. */
final class FailoverRepair {
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private final CompiledPlan compiled;
    private final Step recovery;
    private final RunServers servers;
    private final RunMemory memory;
    private final OperationRunner operations;
    private final RunTools tools;
    private final RunLog log;

    /**
     * @param recovery the engine's own
     */
    FailoverRepair(
            CompiledPlan compiled,
            Step recovery,
            RunServers servers,
            RunMemory memory,
            OperationRunner operations,
            RunTools tools) {
        this.compiled = compiled;
        this.recovery = recovery;
        this.servers = servers;
        this.memory = memory;
        this.operations = operations;
        this.tools = tools;
        this.log = tools.log();
    }

    /**
     * What became of replication.
     *
     * @param outcome what was done
     * @param replication what it does now
     */
    record Repaired(Outcome outcome, String replication) {}

    /**
     * Returns when replication runs.
     *
     * @param seen what the old server had executed, if it was asked
     * @throws dev.sluice.api.error.StepException if it cannot be brought back, or nobody can prove where it has to go on
     */
    Repaired repair(Optional<MySqlGtidSet> seen, Cancellation cancellation) {
        CompiledStep step = compiledStep();
        AtomicReference<@Nullable StepResult> result = new AtomicReference<>();
        boolean wasLost;
        try (StepTime time =
                StepTime.begin(compiled.plan(), step, recovery.pace(), cancellation, log.clock(), tools.threads())) {
            RunLive live = live(step, time);
            wasLost = status().isEmpty();
            if (wasLost) {
                requirePassword();
                RepointProof.of(live, seen).require(live);
            }
            new StepRunner(
                            recovery,
                            live,
                            operations,
                            tools.retries(time.cancellation()).within(time))
                    .run(result::set);
        }
        StepResult done = result.get();
        boolean nothing = done == null || done.operationsDone().isEmpty();
        return new Repaired(nothing ? Outcome.KEPT : wasLost ? Outcome.REPOINTED : Outcome.STARTED, inWords());
    }

    /** What replication does on the server that is the replica now. */
    String inWords() {
        return status().map(ReplicaStatus::reason).orElse("no replication is configured");
    }

    private Optional<ReplicaStatus> status() {
        return ReplicaStatusReader.readDefault(
                servers.link(Target.REPLICA).session(),
                Dialect.of(compiled.replicaFacts().version()));
    }

    private CompiledStep compiledStep() {
        StepDraft draft = recovery.compile(PlanContext.of(compiled));
        if (!draft.problems().isEmpty()) {
            throw new StepRefusedException(draft.problems().get(0));
        }
        return new CompiledStep(recovery.key(), recovery.row(), draft.operations(), draft.notes(), DEADLINE);
    }

    private RunLive live(CompiledStep step, StepTime time) {
        return new RunLive(step, PlanContext.of(compiled), servers, memory, time, log, new SourceAtStart(log.clock()));
    }

    /** A password that another run has made up lived in that run's memory only. */
    private void requirePassword() {
        if (!operations.knowsPassword()) {
            throw new StepRefusedException(Problem.of(
                    RunCode.REPOINT_WITHOUT_PASSWORD,
                    "The new server of the replica has no replication configuration, and this run does not know the password of"
                            + " the replication account, which it has not made"));
        }
    }
}
