// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.EngineException;
import dev.sluice.api.error.JournalException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.run.LostServer;
import dev.sluice.api.run.RecordedRun;
import dev.sluice.api.run.RecordedRun.Condition;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.journal.JournalWriter;
import dev.sluice.core.plan.CompiledPlanCodec;
import dev.sluice.core.plan.PlanCodec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of a journal, whichever process drove them. Immutable and thread-safe.
 *
 * @param host what they share
 */
public record KnownRuns(RunHost host) {
    private static final Logger log = LoggerFactory.getLogger(KnownRuns.class);

    /** All of them, oldest first. */
    public List<RecordedRun> all() {
        return host.journal().runs().stream()
                .flatMap(run -> recorded(run).stream())
                .toList();
    }

    /** Tells listeners, and the log, of those that wait for somebody. A journal that cannot be read keeps nobody from beginning. */
    public void tellOfLeft(List<RunListener> listeners) {
        try {
            List<RecordedRun> left =
                    all().stream().filter(run -> run.condition().isLeft()).toList();
            if (!left.isEmpty()) {
                tell(left, listeners);
            }
        } catch (JournalException unreadable) {
            log.warn("Whether runs were left could not be read", unreadable);
        }
    }

    private void tell(List<RecordedRun> left, List<RunListener> listeners) {
        try (EventQueue events = new EventQueue("sluice-events-left", listeners)) {
            for (RecordedRun run : left) {
                log.warn(
                        "A run was left. Resume or abandon it. run={} condition={} about={} undos={}",
                        run.id(),
                        run.condition(),
                        run.about(),
                        run.toUndo().size());
                events.report(new RunEvent.RunLeft(run.id(), host.clock().instant(), run));
            }
        }
    }

    /** Empty for one that died in the middle of its first record: it has done nothing. */
    private Optional<RecordedRun> recorded(RunId run) {
        try {
            List<JournalRecord> records = host.journal().read(run);
            return records.isEmpty() ? Optional.empty() : Optional.of(recorded(RunHistory.of(run, records)));
        } catch (JournalException | StepRefusedException damaged) {
            String why = damaged.problems().get(0).what();
            return Optional.of(new RecordedRun(run, Instant.EPOCH, Condition.UNREADABLE, why, null, List.of()));
        }
    }

    private RecordedRun recorded(RunHistory history) {
        return new RecordedRun(
                history.run(),
                history.opened().at(),
                condition(history),
                history.about(),
                plan(history),
                history.undos().open().stream()
                        .map(undo -> undo.undo().purpose())
                        .toList());
    }

    private @Nullable Plan plan(RunHistory history) {
        try {
            return new PlanCodec(host.connectors().engines())
                    .read(history.opened().compiled().document("plan"));
        } catch (EngineException | IllegalArgumentException unknown) {
            // What is to be told of the run does not need its plan, and another Sluice may have the engine.
            log.debug("The plan of a run could not be read. run={}", history.run(), unknown);
            return null;
        }
    }

    private Condition condition(RunHistory history) {
        if (host.journal().isTaken(history.run())) {
            return Condition.UNDER_WAY;
        }
        if (history.isBeingTakenBack()
                || history.end().filter(RunState.CANCELLED::equals).isPresent()) {
            boolean isOver = history.end().isPresent() && history.undos().open().isEmpty();
            return isOver ? Condition.ENDED : Condition.HALF_UNDONE;
        }
        return history.end().map(KnownRuns::ofState).orElse(Condition.LEFT);
    }

    private static Condition ofState(RunState state) {
        return state == RunState.FAILED ? Condition.FAILED : Condition.ENDED;
    }

    /**
     * Goes on with a run.
     *
     * @param expected the plan that it has to have; null for any
     * @throws StepRefusedException if it cannot be resumed
     * @throws JournalException if another process drives it, or the journal cannot be read
     */
    public RunHandle resume(RunId run, @Nullable Plan expected, List<RunListener> listeners) {
        return with(run, (writer, history) -> {
            requireResumable(history);
            CompiledPlan compiled = compiled(history);
            if (expected != null && !compiled.plan().equals(expected)) {
                throw new StepRefusedException(Problem.of(
                        RunCode.PLAN_CHANGED, "The run " + run + " was started with another plan than this one"));
            }
            return RunHandle.resume(writer, history, compiled, host, listeners);
        });
    }

    private static boolean isResumable(RunHistory history) {
        boolean isOver = history.end().filter(state -> state != RunState.FAILED).isPresent();
        return !isOver && !history.isBeingTakenBack();
    }

    private static void requireResumable(RunHistory history) {
        if (!isResumable(history)) {
            throw new StepRefusedException(Problem.of(
                    RunCode.NOT_RESUMABLE,
                    "The run " + history.run() + " "
                            + history.end().map(state -> "is " + state).orElse("is being taken back")));
        }
    }

    /**
     * Takes a run back, and waits until everything was tried.
     *
     * @param lost servers that are gone for good
     * @throws JournalException if another process drives it, or the journal cannot be read
     */
    public RunResult abandon(RunId run, List<RunListener> listeners, LostServer... lost) throws InterruptedException {
        RunHandle over = with(run, (writer, history) -> {
            if (history.end().filter(RunState.SUCCEEDED::equals).isPresent()) {
                throw new StepRefusedException(Problem.of(
                        RunCode.NOT_RESUMABLE, "The run " + run + " has succeeded: nothing is to be undone"));
            }
            if (history.isComplete() && isResumable(history)) {
                throw new StepRefusedException(Problem.of(
                        RunCode.NOT_RESUMABLE, "All steps of the run " + run + " are done: resume it, which ends it"));
            }
            return RunHandle.ended(writer, history, compiled(history), host, listeners);
        });
        return over.abandonWithout(lost);
    }

    private CompiledPlan compiled(RunHistory history) {
        try {
            CompiledPlan compiled = new CompiledPlanCodec(host.connectors().engines())
                    .read(history.opened().compiled());
            history.requireFingerprint(compiled.fingerprint());
            return compiled;
        } catch (IllegalArgumentException altered) {
            throw new StepRefusedException(
                    Problem.of(RunCode.PLAN_CHANGED, "The run " + history.run() + ": " + altered.getMessage()),
                    altered);
        }
    }

    /** What to do with a run that was taken. */
    @FunctionalInterface
    private interface Use {
        RunHandle of(JournalWriter writer, RunHistory history);
    }

    /** Takes the run, and lets go of it if nothing comes of it. Records are read after that, since then nobody adds any. */
    private RunHandle with(RunId run, Use use) {
        RunHistory.of(run, host.journal().read(run));
        JournalWriter writer = host.journal().take(run);
        try {
            return use.of(writer, RunHistory.of(run, host.journal().read(run)));
        } catch (RuntimeException | Error failure) {
            writer.close();
            throw failure;
        }
    }
}
