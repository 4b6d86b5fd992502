// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.document.Document;
import dev.sluice.api.error.Effect;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorListener;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.RunStatus;
import dev.sluice.api.run.StepResult;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.mysql.CancelledException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: its thread, its end and the handle that the host holds. */
public final class RunHandle implements ReplicationRun {
    private static final Logger log = LoggerFactory.getLogger(RunHandle.class);

    private final RunId id;
    private final CompiledPlan compiled;
    private final EventQueue events;
    private final RunLog runLog;
    private final RunControl control;
    private final RunDriver driver;
    private final People people = new People();
    private final Monitors monitors;
    private final CompletableFuture<RunResult> completion = new CompletableFuture<>();
    private volatile @Nullable RuntimeException failure;

    private RunHandle(RunId id, CompiledPlan compiled, RunHost host, List<RunListener> listeners) {
        this.id = id;
        this.compiled = compiled;
        this.monitors = host.monitors();
        this.events = new EventQueue("sluice-events-" + id, listeners);
        this.runLog = new RunLog(id, host.clock(), host.journal(), events);
        Set<GuideStep> pauses = compiled.plan() instanceof ReplicationPlan plan ? plan.pauses() : Set.of();
        this.control = new RunControl(pauses, runLog);
        this.driver = new RunDriver(
                compiled, new RunTools(id, compiled, host.connectors(), host.settings(), runLog, people), control);
    }

    /**
     * Starts a run on a thread of its own.
     *
     * @param stored the compiled plan's stored form, for the journal
     */
    public static RunHandle start(CompiledPlan compiled, Document stored, RunHost host, List<RunListener> listeners) {
        RunId id = RunId.startingAt(host.clock().instant());
        RunHandle run = new RunHandle(id, compiled, host, listeners);
        run.runLog.journal(at -> new JournalRecord.RunOpened(at, compiled.fingerprint(), stored));
        Thread thread = new Thread(run::drive, "sluice-run-" + id);
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    private void drive() {
        Instant began = runLog.clock().instant();
        log.info("Run started. run={} fingerprint={}", id, compiled.fingerprint());
        runLog.event((run, at) -> new RunEvent.RunStarted(
                run, at, compiled.fingerprint(), compiled.steps().size()));
        RunState state;
        try {
            driver.run();
            state = RunState.SUCCEEDED;
        } catch (RuntimeException | Error thrown) {
            failure = asException(thrown);
            state = RunDriver.stateAfter(control.stopReason());
            cleanUp(thrown);
        }
        try {
            end(result(state, began));
        } catch (RuntimeException | Error defect) {
            // Whoever waits must not wait for ever, whatever went wrong.
            log.error("The end of the run failed. run={}", id, defect);
            events.close();
            completion.completeExceptionally(defect);
        }
    }

    /** An error, such as that of a full heap, ends a run as an exception does: with its locks released, and told to who waits. */
    private static RuntimeException asException(Throwable thrown) {
        return thrown instanceof RuntimeException exception
                ? exception
                : new IllegalStateException("The run ended by an error: " + thrown, thrown);
    }

    private void cleanUp(Throwable thrown) {
        try {
            driver.cleanUp(control.stopReason());
        } catch (RuntimeException | Error second) {
            thrown.addSuppressed(second);
        }
    }

    private RunResult result(RunState state, Instant began) {
        RunMemory memory = driver.memory();
        return new RunResult(
                id,
                state,
                stepResults(),
                memory.coordinates(),
                memory.rows(),
                memory.bytes(),
                memory.copyTook(),
                memory.lockHeld(),
                memory.lag(),
                memory.verification(),
                problem(),
                driver.leftovers(),
                Duration.between(began, runLog.clock().instant()));
    }

    /** What was done, and the steps that were not reached. */
    private List<StepResult> stepResults() {
        List<StepResult> all = new ArrayList<>(driver.results());
        compiled.steps().stream()
                .skip(all.size())
                .forEach(step -> all.add(
                        new StepResult(step.row(), StepResult.Outcome.NOT_REACHED, List.of(), "", Duration.ZERO)));
        return all;
    }

    private @Nullable Problem problem() {
        RuntimeException thrown = failure;
        if (thrown == null) {
            return null;
        }
        StopReason reason = control.stopReason();
        if (reason != null) {
            return Problem.of(reason.code(), reason.code().meaning());
        }
        if (thrown instanceof SluiceException known) {
            return known.problems().get(0);
        }
        return Problem.of(RunCode.BUG, "The run failed: " + thrown);
    }

    private void end(RunResult result) {
        try {
            runLog.journal(at -> new JournalRecord.RunClosed(
                    at, result.state(), result.problem().map(Problem::toString).orElse("")));
        } catch (SluiceException unjournaled) {
            log.warn("The end of the run could not be journaled. run={}", id, unjournaled);
        }
        log.info("Run ended. run={} state={} took={}", id, result.state(), result.took());
        control.state(result.state());
        runLog.event((run, at) -> new RunEvent.RunFinished(run, at, result));
        events.close();
        completion.complete(result);
    }

    @Override
    public RunId id() {
        return id;
    }

    @Override
    public RunStatus status() {
        return control.status();
    }

    @Override
    public RunResult await() throws InterruptedException {
        try {
            return orThrow(completion.get());
        } catch (ExecutionException defect) {
            throw new IllegalStateException("The end of the run failed", defect.getCause());
        }
    }

    @Override
    public RunResult await(Duration limit) throws InterruptedException, TimeoutException {
        try {
            return orThrow(completion.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException defect) {
            throw new IllegalStateException("The end of the run failed", defect.getCause());
        }
    }

    private RunResult orThrow(RunResult result) {
        if (result.state() == RunState.SUCCEEDED) {
            return result;
        }
        RuntimeException thrown = failure;
        Effect effect = thrown instanceof SluiceException known ? known.effect() : Effect.UNKNOWN;
        boolean harmless = thrown instanceof CancelledException;
        throw new RunStoppedException(result.problem().orElseThrow(), harmless ? Effect.NONE : effect, thrown);
    }

    @Override
    public CompletionStage<RunResult> completion() {
        return completion.minimalCompletionStage();
    }

    @Override
    public void cancel() {
        control.stop(StopReason.CANCEL);
    }

    /** Stops the run because the host closes Sluice, and waits this long for it to let go of its servers. */
    public void close(Duration patience) {
        control.stop(StopReason.CLOSE);
        try {
            completion.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            log.warn("A run did not stop in time and is left to end by itself. run={}", id);
        }
    }

    @Override
    public Monitor monitor(Duration interval, MonitorListener... listeners) {
        return monitors.of(id, compiled, interval, listeners);
    }

    @Override
    public void proceed() {
        control.proceed();
    }

    @Override
    public List<PendingAction> pendingActions() {
        return people.pending();
    }

    @Override
    public void confirm(String actionId, String by) {
        people.confirm(actionId);
        log.info("An action was confirmed. run={} action={} by={}", id, actionId, by);
    }
}
