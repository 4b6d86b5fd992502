// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.document.Document;
import dev.sluice.api.error.Effect;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.LostServer;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorListener;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.RunStatus;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalWriter;
import dev.sluice.core.log.LogContext;
import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
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

/** One run: its thread, and the handle that the host holds. */
public final class RunHandle implements ReplicationRun {
    private static final Logger log = LoggerFactory.getLogger(RunHandle.class);
    private static final RunState CANCELLED = RunState.CANCELLED;

    private final RunId id;
    private final CompiledPlan compiled;
    private final RunHost host;
    private final RunHold hold;
    private final RunLog runLog;
    private final RunControl control;
    private final RunParts parts;
    private final RunEnding ending;
    private final RunDriver driver;
    private final RunOutcome outcome;
    private final RunClosing closing;
    private final Abandonment abandonment;
    private final People people = new People();
    private final CompletableFuture<RunResult> completion = new CompletableFuture<>();

    private RunHandle(
            JournalWriter writer,
            RunId id,
            CompiledPlan compiled,
            RunHost host,
            List<RunListener> hosts,
            @Nullable RunHistory history) {
        this.id = id;
        this.compiled = compiled;
        this.host = host;
        List<RunListener> listeners = host.reports().with(compiled, hosts);
        this.hold = new RunHold(id, host.journal(), host.open().threads(), writer, this::leaseIsLost);
        this.runLog = new RunLog(
                id,
                host.clock(),
                hold.writer(),
                new EventQueue("sluice-events-" + id, listeners),
                host.settings().retries());
        Set<GuideStep> pauses = compiled.plan() instanceof ReplicationPlan plan ? plan.pauses() : Set.of();
        this.control = new RunControl(pauses, runLog);
        this.parts = new RunParts(compiled, new RunTools(id, compiled, host, runLog, people), history);
        this.ending = new RunEnding(parts, control);
        this.driver = new RunDriver(parts, control, ending);
        this.outcome = new RunOutcome(parts, driver, ending);
        this.closing = new RunClosing(id, runLog, hold, control);
        this.abandonment = new Abandonment(host.open(), listeners, parts, hold, outcome, closing);
    }

    private void leaseIsLost() {
        control.stop(StopReason.LEASE_LOST);
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
        people.cannotAnswer();
        String reason = history.endReason();
        outcome.failed(new RunStoppedException(
                Problem.of(RunCode.LEFT, reason.isEmpty() ? RunCode.LEFT.meaning() : reason), Effect.UNKNOWN, null));
        boolean wasCancelled = history.end().filter(CANCELLED::equals).isPresent();
        closing.remains(outcome.result(
                wasCancelled ? CANCELLED : RunState.FAILED, runLog.clock().instant()));
        completion.complete(closing.ended());
    }

    private RunHandle begun(Function<Instant, JournalRecord> first) {
        try {
            begin(first, host.open().enter(this::close));
        } catch (RuntimeException | Error failed) {
            closing.letGo();
            throw failed;
        }
        return this;
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
        try (work;
                LogContext lines = LogContext.run(id)) {
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
            outcome.failed(asException(thrown));
            state = ending.stateUnfinished();
        }
        try {
            closing.end(outcome.result(state, began));
            completion.complete(closing.ended());
        } catch (RuntimeException | Error defect) {
            // Whoever waits must not wait for ever, whatever went wrong.
            log.error("The end of the run failed. run={}", id, defect);
            closing.letGo();
            completion.completeExceptionally(defect);
        }
    }

    private void tellBeginning() {
        int steps = compiled.steps().size();
        String fingerprint = compiled.fingerprint();
        boolean isResumed = parts.resumption().isPresent();
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
        return outcome.orThrow(closing.ended());
    }

    @Override
    public RunResult await(Duration limit) throws InterruptedException, TimeoutException {
        try {
            completion.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException defect) {
            throw new IllegalStateException("The end of the run failed", defect.getCause());
        }
        return outcome.orThrow(closing.ended());
    }

    @Override
    public CompletionStage<RunResult> completion() {
        return completion.thenApply(ended -> closing.ended()).minimalCompletionStage();
    }

    @Override
    public void cancel() {
        control.stop(StopReason.CANCEL);
    }

    @Override
    public RunResult abandon() throws InterruptedException {
        return abandonWithout();
    }

    @Override
    public RunResult abandonWithout(LostServer... lost) throws InterruptedException {
        if (!completion.isDone()) {
            throw new StepRefusedException(Problem.of(RunCode.UNDER_WAY, "The run " + id + " is " + status().state()));
        }
        try {
            return abandonment.begin(targets(lost)).get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("Abandoning the run failed", failed.getCause());
        }
    }

    private static Set<Target> targets(LostServer... lost) {
        Set<Target> targets = EnumSet.noneOf(Target.class);
        for (LostServer each : lost) {
            targets.add(each == LostServer.SOURCE ? Target.SOURCE : Target.REPLICA);
        }
        return targets;
    }

    /** See {@link ReplicaRescue}; a run that is over is taken for as long as that takes. */
    private FailoverRepair.Repaired rescue(Optional<MySqlGtidSet> seen, Cancellation stop) {
        ReplicaRescue rescue = new RunRescue(parts);
        if (!completion.isDone()) {
            return rescue.rescue(seen, stop);
        }
        hold.takeAgain(runLog, stop::cancel);
        try {
            return rescue.rescue(seen, stop);
        } finally {
            hold.release();
        }
    }

    /** Stops the run because the host closes Sluice, and waits this long for it to let go of its servers. */
    private void close(Duration patience) {
        runLog.hurry();
        control.stop(StopReason.CLOSE);
        new RunWait(id, completion).atMost(patience);
    }

    @Override
    public Monitor monitor(MonitorSettings settings, MonitorListener... listeners) {
        return host.monitors().of(id, compiled, settings, this::rescue, listeners);
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
