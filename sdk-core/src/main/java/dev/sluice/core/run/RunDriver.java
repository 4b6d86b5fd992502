// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.error.EngineException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.spi.Step;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.plan.CoreSteps;
import dev.sluice.core.plan.Engines;
import dev.sluice.core.plan.PlanCode;
import dev.sluice.core.plan.PlanContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries out all steps of one run, on the run's own thread, and cleans up after them as their end demands. */
final class RunDriver {
    private final CompiledPlan compiled;
    private final RunTools tools;
    private final RunControl control;
    private final RunMemory memory;
    private final UndoList undos;
    private final List<StepResult> results = new ArrayList<>();

    RunDriver(CompiledPlan compiled, RunTools tools, RunControl control) {
        this.compiled = compiled;
        this.tools = tools;
        this.control = control;
        this.memory = new RunMemory(
                tools.log().clock(),
                compiled.plan() instanceof ReplicationPlan plan ? plan.start().orElse(null) : null);
        this.undos = new UndoList(tools.log());
    }

    RunMemory memory() {
        return memory;
    }

    List<StepResult> results() {
        return results;
    }

    List<String> leftovers() {
        return undos.leftovers();
    }

    /** Does all steps. Whatever it throws, locks are released and what the reason of the end demands is undone. */
    void run() {
        Cancellation cancellation = control.cancellation();
        tools.checkPassword();
        try (RunServers servers = tools.servers(compiled, cancellation);
                AutoCloseable claim = claim(servers)) {
            StatementText text = tools.text(memory);
            OperationRunner operations = tools.operations(servers, text, undos, memory, control);
            for (CompiledStep step : compiled.steps()) {
                control.gate(step.row());
                control.at(step.row());
                runner(step, servers, operations).run(results::add);
            }
            succeed(servers, text);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException("Closing a claim throws nothing", impossible);
        } finally {
            memory.closeSnapshot();
        }
    }

    private AutoCloseable claim(RunServers servers) {
        if (servers.engine(Target.REPLICA).access().isPresent()) {
            return () -> {};
        }
        return ReplicaClaim.of(
                servers.connector(Target.REPLICA),
                "sluice-claim-" + tools.run(),
                () -> control.stop(StopReason.REPLICA_LOST));
    }

    private StepRunner runner(CompiledStep step, RunServers servers, OperationRunner operations) {
        RunLive live = new RunLive(
                step,
                PlanContext.of(compiled),
                servers,
                memory,
                tools.log(),
                new SourceAtStart(tools.log().clock()));
        return new StepRunner(
                find(step, tools.engines()),
                live,
                operations,
                tools.retries(control.cancellation()),
                control.cancellation());
    }

    private static Step find(CompiledStep step, Engines engines) {
        return CoreSteps.find(step.key())
                .or(() -> engines.step(step.key()))
                .orElseThrow(() -> new EngineException(
                        Problem.of(PlanCode.NO_ENGINE, "No engine at hand knows the step " + step.key())));
    }

    private void succeed(RunServers servers, StatementText text) {
        memory.closeSnapshot();
        undos.drop(UndoScope.ROLLBACK);
        if (compiled.steps().stream().anyMatch(step -> step.row() == GuideStep.RELAX_RETENTION)) {
            undos.takenOver(GuideStep.RETAIN_BINLOGS);
        } else {
            undos.leave(GuideStep.RETAIN_BINLOGS, "replication is not caught up, so its binary logs are kept");
        }
        undos.play(EnumSet.of(UndoScope.GUARD, UndoScope.TEMPORARY), servers, text);
    }

    /** Undoes what this end demands: all on a cancel, guards only otherwise. Uses connections that the cancel did not touch. */
    void cleanUp(@Nullable StopReason reason) {
        memory.closeSnapshot();
        Set<UndoScope> scopes = reason == StopReason.CANCEL
                ? EnumSet.allOf(UndoScope.class)
                : reason == StopReason.REPLICA_LOST ? EnumSet.noneOf(UndoScope.class) : EnumSet.of(UndoScope.GUARD);
        try (RunServers servers = tools.servers(compiled, new Cancellation())) {
            undos.play(scopes, servers, tools.text(memory));
        }
    }

    /** The state that an end by this failure comes to. */
    static RunState stateAfter(@Nullable StopReason reason) {
        return reason == StopReason.CANCEL ? RunState.CANCELLED : RunState.FAILED;
    }
}
