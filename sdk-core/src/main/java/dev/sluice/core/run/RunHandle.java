// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.document.Document;
import dev.sluice.api.error.Effect;
import dev.sluice.api.error.JournalException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.error.StepRefusedException;
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
import dev.sluice.core.journal.JournalWriter;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: its thread, its end and the handle that the host holds. */
public final class RunHandle implements ReplicationRun {
    private static final Logger log = LoggerFactory.getLogger(RunHandle.class);
    private static final RunState CANCELLED = RunState.CANCELLED;

    private final RunId id;
    private final CompiledPlan compiled;
    private final RunHost host;
    private final List<RunListener> listeners;
    private final RunLog runLog;
    private final RunControl control;
    private final RunDriver driver;
    private final People people = new People();
    private final CompletableFuture<RunResult> completion = new CompletableFuture<>();
    private volatile @Nullable RuntimeException failure;
    private final boolean isResumed;

    /** As it is by now. */
    private volatile @Nullable RunResult result;

    /** Guarded by this. */
    private @Nullable CompletableFuture<RunResult> abandonment;

    private volatile RunLease lease;

    private RunHandle(
            JournalWriter writer,
            RunId id,
            CompiledPlan compiled,
            RunHost host,
            List<RunListener> listeners,
            @Nullable RunHistory history) {
        this.id = id;
        this.compiled = compiled;
        this.host = host;
        this.listeners = listeners;
        this.isResumed = history != null;
        this.lease = keep(writer, this::leaseIsLost);
        this.runLog = new RunLog(id, host.clock(), lease, newEvents());
        Set<GuideStep> pauses = compiled.plan() instanceof ReplicationPlan plan ? plan.pauses() : Set.of();
        this.control = new RunControl(pauses, runLog);
        this.driver = new RunDriver(compiled, new RunTools(id, compiled, host, runLog, people), control, history);
    }

    private RunLease keep(JournalWriter writer, Runnable lost) {
        return RunLease.keep(writer, host.open().threads(), id, lost);
    }

    private void leaseIsLost() {
        control.stop(StopReason.LEASE_LOST);
    }

    private EventQueue newEvents() {
        return new EventQueue("sluice-events-" + id, listeners);
    }

    /**
     * Starts a run on a thread of its own.
     *
     * @param stored the compiled plan's stored form, for the journal
     * @throws IllegalStateException if the host is closed
     */
    public static RunHandle start(CompiledPlan compiled, Document stored, RunHost host, List<RunListener> listeners) {
        RunId id = RunId.startingAt(host.clock().instant());
        return new RunHandle(host.journal().take(id), id, compiled, host, listeners, null)
                .begun(at -> new JournalRecord.RunOpened(at, compiled.fingerprint(), stored));
    }

    /**
     * Goes on with a run of another process on a thread of its own.
     *
     * @param writer who has the run now; closed with the run
     * @param history what the journal tells of it, read after it was taken
     * @throws IllegalStateException if the host is closed
     */
    static RunHandle resume(
            JournalWriter writer,
            RunHistory history,
            CompiledPlan compiled,
            RunHost host,
            List<RunListener> listeners) {
        return new RunHandle(writer, history.run(), compiled, host, listeners, history)
                .begun(JournalRecord.RunResumed::new);
    }

    /** One that is over, to be abandoned. */
    static RunHandle ended(
            JournalWriter writer,
            RunHistory history,
            CompiledPlan compiled,
            RunHost host,
            List<RunListener> listeners) {
        RunHandle run = new RunHandle(writer, history.run(), compiled, host, listeners, history);
        run.endedBefore(history);
        return run;
    }

    private void endedBefore(RunHistory history) {
        String reason = history.endReason();
        failure = new RunStoppedException(
                Problem.of(RunCode.LEFT, reason.isEmpty() ? RunCode.LEFT.meaning() : reason), Effect.UNKNOWN, null);
        boolean wasCancelled = history.end().filter(CANCELLED::equals).isPresent();
        result = result(
                wasCancelled ? CANCELLED : RunState.FAILED, runLog.clock().instant());
        release();
        runLog.closeEvents();
        completion.complete(ended());
    }

    private RunHandle begun(Function<Instant, JournalRecord> first) {
        try {
            begin(first, host.open().enter(this::close));
        } catch (RuntimeException | Error failed) {
            runLog.closeEvents();
            release();
            throw failed;
        }
        return this;
    }

    /** Others can take the run from now on. */
    private void release() {
        try {
            lease.close();
        } catch (JournalException unreachable) {
            log.warn("The lease on a run could not be given back, and is free after a while. run={}", id, unreachable);
        }
    }

    private void begin(Function<Instant, JournalRecord> first, OpenRuns.Work work) {
        try {
            runLog.journal(first);
            host.open().threads().start("sluice-run-" + id, () -> drive(work));
        } catch (RuntimeException | Error failure) {
            work.close();
            throw failure;
        }
    }

    private void drive(OpenRuns.Work work) {
        try (work) {
            drive();
        }
    }

    private void drive() {
        Instant began = runLog.clock().instant();
        tellBeginning();
        RunState state;
        try {
            driver.run();
            state = RunState.SUCCEEDED;
        } catch (RuntimeException | Error thrown) {
            failure = asException(thrown);
            state = RunDriver.stateAfter(driver.stopReason());
        }
        try {
            completion.complete(end(result(state, began)));
        } catch (RuntimeException | Error defect) {
            // Whoever waits must not wait for ever, whatever went wrong.
            log.error("The end of the run failed. run={}", id, defect);
            runLog.closeEvents();
            release();
            completion.completeExceptionally(defect);
        }
    }

    private void tellBeginning() {
        int steps = compiled.steps().size();
        String fingerprint = compiled.fingerprint();
        log.info("Run {}. run={} fingerprint={}", isResumed ? "resumed" : "started", id, fingerprint);
        runLog.event((run, at) -> isResumed
                ? new RunEvent.RunResumed(run, at, fingerprint, steps)
                : new RunEvent.RunStarted(run, at, fingerprint, steps));
    }

    /** An error, such as that of a full heap, ends a run as an exception does: with its locks released, and told to who waits. */
    private static RuntimeException asException(Throwable thrown) {
        return thrown instanceof RuntimeException exception
                ? exception
                : new IllegalStateException("The run ended by an error: " + thrown, thrown);
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
                driver.undos().undone(),
                driver.undos().leftovers(),
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
        StopReason reason = driver.stopReason();
        if (reason != null) {
            return Problem.of(reason.code(), reason.code().meaning());
        }
        if (thrown instanceof SluiceException known) {
            return known.problems().get(0);
        }
        return Problem.of(RunCode.BUG, "The run failed: " + thrown);
    }

    /** Makes it known that the run has ended with this result. */
    private RunResult end(RunResult ended) {
        try {
            runLog.journal(at -> new JournalRecord.RunClosed(
                    at, ended.state(), ended.problem().map(Problem::toString).orElse("")));
        } catch (SluiceException unjournaled) {
            log.warn("The end of the run could not be journaled. run={}", id, unjournaled);
        }
        release();
        log.info("Run ended. run={} state={} took={}", id, ended.state(), ended.took());
        control.state(ended.state());
        result = ended;
        runLog.event((run, at) -> new RunEvent.RunFinished(run, at, ended));
        runLog.closeEvents();
        return ended;
    }

    /** The result as it is by now. */
    private RunResult ended() {
        RunResult known = result;
        if (known == null) {
            throw new IllegalStateException("The end of the run failed");
        }
        return known;
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
            completion.get();
        } catch (ExecutionException defect) {
            throw new IllegalStateException("The end of the run failed", defect.getCause());
        }
        return orThrow(ended());
    }

    @Override
    public RunResult await(Duration limit) throws InterruptedException, TimeoutException {
        try {
            completion.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException defect) {
            throw new IllegalStateException("The end of the run failed", defect.getCause());
        }
        return orThrow(ended());
    }

    private RunResult orThrow(RunResult ended) {
        if (ended.state() == RunState.SUCCEEDED) {
            return ended;
        }
        RuntimeException thrown = failure;
        Effect effect = thrown instanceof SluiceException known ? known.effect() : Effect.UNKNOWN;
        boolean harmless = thrown instanceof CancelledException;
        throw new RunStoppedException(ended.problem().orElseThrow(), harmless ? Effect.NONE : effect, thrown);
    }

    @Override
    public CompletionStage<RunResult> completion() {
        return completion.thenApply(ended -> ended()).minimalCompletionStage();
    }

    @Override
    public void cancel() {
        control.stop(StopReason.CANCEL);
    }

    @Override
    public RunResult abandon() throws InterruptedException {
        try {
            return abandonment().get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("Abandoning the run failed", failed.getCause());
        }
    }

    /** The one that is under way, or a new one if there is anything to take back. */
    private synchronized CompletableFuture<RunResult> abandonment() {
        if (!completion.isDone()) {
            throw new StepRefusedException(Problem.of(RunCode.UNDER_WAY, "The run " + id + " is " + status().state()));
        }
        CompletableFuture<RunResult> current = abandonment;
        if (current != null && !current.isDone()) {
            return current;
        }
        RunResult before = ended();
        boolean isClosed = before.state() != RunState.FAILED && driver.undos().isSettled();
        if (before.state() == RunState.SUCCEEDED || isClosed) {
            return CompletableFuture.completedFuture(before);
        }
        CompletableFuture<RunResult> begun = new CompletableFuture<>();
        Cancellation cancellation = new Cancellation();
        OpenRuns.Work work = host.open().enter(patience -> {
            cancellation.cancel();
            await(begun, patience);
        });
        abandonment = begun;
        startUndoing(() -> abandon(before, begun, cancellation, work), work);
        return begun;
    }

    private void startUndoing(Runnable undoing, OpenRuns.Work work) {
        try {
            host.open().threads().start("sluice-abandon-" + id, undoing);
        } catch (RuntimeException | Error rejected) {
            abandonment = null;
            work.close();
            throw rejected;
        }
    }

    private void abandon(
            RunResult before, CompletableFuture<RunResult> begun, Cancellation cancellation, OpenRuns.Work work) {
        try (work) {
            runLog.tellBy(newEvents());
            log.info(
                    "Run is being abandoned. run={} undos={}", id, before.left().size());
            takeAgain(cancellation::cancel);
            driver.abandon(cancellation);
            RunState state = before.state() == RunState.CANCELLED ? RunState.CANCELLED : RunState.ABANDONED;
            begun.complete(end(withUndos(before, state)));
        } catch (RuntimeException | Error thrown) {
            release();
            // Part of it may have been undone; the rest can be tried once more.
            result = withUndos(before, before.state());
            log.warn("The run could not be abandoned. run={}", id, thrown);
            runLog.closeEvents();
            begun.completeExceptionally(thrown instanceof CancelledException ? closedWhileUndoing(thrown) : thrown);
        }
    }

    /** What this handle knows of the run counts only if nobody else has had it since. */
    private void takeAgain(Runnable whenLost) {
        JournalWriter writer = host.journal().take(id);
        long before = lease.token();
        lease = keep(writer, whenLost);
        runLog.writeTo(lease);
        if (writer.token() != before + 1) {
            throw new StepRefusedException(Problem.of(
                    RunCode.RESUMED_ELSEWHERE, "The run " + id + " has been in other hands since it ended here"));
        }
    }

    /** See {@link ReplicaRescue}; a run that is over is taken for as long as that takes. */
    private FailoverRepair.Repaired rescue(Optional<MySqlGtidSet> seen, Cancellation stop) {
        if (!completion.isDone()) {
            return driver.rescue(seen, stop);
        }
        takeAgain(stop::cancel);
        try {
            return driver.rescue(seen, stop);
        } finally {
            release();
        }
    }

    private static RunStoppedException closedWhileUndoing(Throwable thrown) {
        return new RunStoppedException(
                Problem.of(RunCode.CLOSED, "Sluice was closed while the run was being abandoned"),
                Effect.UNKNOWN,
                thrown);
    }

    private RunResult withUndos(RunResult before, RunState state) {
        return before.with(state, driver.undos().undone(), driver.undos().leftovers());
    }

    /** Stops the run because the host closes Sluice, and waits this long for it to let go of its servers. */
    private void close(Duration patience) {
        control.stop(StopReason.CLOSE);
        await(completion, patience);
    }

    private void await(CompletableFuture<RunResult> end, Duration patience) {
        try {
            end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException told) {
            log.debug("A run ended by a failure while Sluice was closed. run={}", id, told);
        } catch (TimeoutException late) {
            log.warn("A run did not stop in time and is left to end by itself. run={}", id);
        }
    }

    @Override
    public Monitor monitor(Duration interval, MonitorListener... listeners) {
        return host.monitors().of(id, compiled, interval, this::rescue, listeners);
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
        confirm(actionId, by, "");
    }

    @Override
    public void confirm(String actionId, String by, String answer) {
        people.requirePending(actionId, answer);
        runLog.journal(at -> new JournalRecord.ActionConfirmed(at, actionId, by, answer));
        people.confirm(actionId, answer);
        log.info("An action was confirmed. run={} action={} by={}", id, actionId, by);
    }
}
