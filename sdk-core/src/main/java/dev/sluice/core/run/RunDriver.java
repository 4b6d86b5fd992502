// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.error.EngineException;
import dev.sluice.api.error.JournalException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.spi.Step;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.plan.CoreSteps;
import dev.sluice.core.plan.Engines;
import dev.sluice.core.plan.PlanCode;
import dev.sluice.core.plan.PlanContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out all steps of one run, on the run's own thread, and cleans up after them as their end demands. */
final class RunDriver {
    private static final Logger logger = LoggerFactory.getLogger(RunDriver.class);

    private final CompiledPlan compiled;
    private final RunTools tools;
    private final RunControl control;
    private final RunMemory memory;
    private final UndoList undos;
    private final List<StepResult> results = new ArrayList<>();
    private @Nullable StopReason reason;
    private boolean isEnding;
    /** Null for a replica that is there anyway. */
    private final @Nullable CreatedReplica created;

    /** Null for a run that this process has begun. */
    private final @Nullable Resumption resumption;

    /** On the replica; null before the claim, and for a pause, which leaves nothing behind that others could build on. */
    private ReplicaTurns.@Nullable Turn turn;

    RunDriver(CompiledPlan compiled, RunTools tools, RunControl control, @Nullable RunHistory history) {
        this.compiled = compiled;
        this.tools = tools;
        this.control = control;
        this.memory = new RunMemory(
                tools.log().clock(),
                compiled.plan() instanceof ReplicationPlan plan ? plan.start().orElse(null) : null);
        this.undos = new UndoList(tools.log());
        this.created = compiled.replicaFacts().isExpected() ? new CreatedReplica() : null;
        this.resumption = history == null ? null : restored(history);
    }

    private Resumption restored(RunHistory history) {
        Resumption restored = new Resumption(history, compiled, tools.log());
        restored.restore(memory, undos);
        if (created != null && restored.isLoaded()) {
            created.isThere();
        }
        return restored;
    }

    RunMemory memory() {
        return memory;
    }

    List<StepResult> results() {
        return results;
    }

    UndoList undos() {
        return undos;
    }

    /**
     * Why the run was stopped, if it was: as it stood when its end began, which decides what is undone. Whoever comes later does not
     * change it any more.
     */
    @Nullable
    StopReason stopReason() {
        if (!isEnding) {
            isEnding = true;
            reason = control.stopReason();
        }
        return reason;
    }

    /**
     * Does all steps. Whatever it throws, locks are released and what the reason of the end demands is undone, as long as the replica is
     * still claimed.
     */
    void run() {
        Cancellation cancellation = control.cancellation();
        tools.checkPassword();
        try (RunServers servers = tools.servers(compiled, cancellation)) {
            if (resumption != null) {
                takeOver(servers, cancellation);
            }
            try (Claim claim = claim(servers, cancellation, this::replicaIsLost)) {
                if (resumption != null) {
                    requireStillOurs(servers);
                }
                if (!(compiled.plan() instanceof PausePlan) && created == null) {
                    turn = tools.takeTurn(compiled);
                }
                carryOut(servers, claim);
            }
        } finally {
            memory.closeSnapshot();
        }
    }

    private void replicaIsLost() {
        try {
            tools.log().requireLease();
        } catch (JournalException takenOver) {
            // Who takes a run over ends its claim, too: the lease tells by itself that this is the reason.
            logger.debug("The claim is lost, and so may be the lease", takenOver);
        }
        control.stop(StopReason.REPLICA_LOST);
    }

    /** The process that had this run before has lost it: what it left on these very servers is ended before anything is changed. */
    private void takeOver(RunServers servers, Cancellation cancellation) {
        takeSourceOver(servers, cancellation);
        takeReplicaOver(servers, cancellation);
    }

    private void takeSourceOver(RunServers servers, Cancellation cancellation) {
        if (servers.hasSource()) {
            new SameServers(compiled).requireSource(servers);
            tools.endOtherProcess(servers, Target.SOURCE, cancellation);
        }
    }

    private void takeReplicaOver(RunServers servers, Cancellation cancellation) {
        if (isThere()) {
            new SameServers(compiled).requireReplica(servers);
            tools.endOtherProcess(servers, Target.REPLICA, cancellation);
        }
    }

    /** A source that is gone for good does not keep the replica from being taken back; what is not undone there is reported. */
    private void takeOverToUndo(RunServers servers, Cancellation cancellation) {
        try {
            takeSourceOver(servers, cancellation);
        } catch (StepUnavailableException gone) {
            Problem why = gone.problems().get(0);
            tools.log().event((run, at) -> new RunEvent.Warning(run, at, why));
        }
        takeReplicaOver(servers, cancellation);
    }

    private boolean isThere() {
        CreatedReplica coming = created;
        return coming == null || coming.state() == CreatedReplica.State.THERE;
    }

    /** A replica that is still to be created is claimed later. */
    private Claim claim(RunServers servers, Cancellation cancellation, Runnable lost) {
        CreatedReplica coming = created;
        return coming == null
                ? tools.claim(servers, cancellation, lost)
                : LateClaim.of(coming, () -> tools.claim(servers, cancellation, lost));
    }

    /** The replica is there now: from here on it is like any other. */
    private void claimCreated(RunServers servers, Claim claim) {
        if (claim instanceof LateClaim late) {
            late.take();
            turn = tools.takeTurn(servers);
        }
    }

    private void carryOut(RunServers servers, Claim claim) {
        try {
            OperationRunner operations = tools.operations(servers, tools.text(memory), undos, memory, control);
            ReplicaGuard guard = guard(servers, claim, operations);
            cleanUpBefore(claim);
            for (CompiledStep step : compiled.steps()) {
                if (resumption != null && resumption.isPassedOver(step.row())) {
                    results.add(passedOver(step));
                    continue;
                }
                if (resumption == null || !resumption.wasDone(step)) {
                    control.gate(step.row());
                }
                control.at(step.row());
                claim.renewable(onlyWaits(step.row()) || mayRestartReplica(step));
                carryOut(step, servers, operations, onlyWaits(step.row()) ? guard : ReplicaGuard.NONE);
                if (mayRestartReplica(step)) {
                    claim.replicaMayHaveRestarted();
                }
                if (step.row() == GuideStep.ENABLE_REDO_LOG) {
                    undos.takenOver(GuideStep.DISABLE_REDO_LOG);
                }
                if (step.row() == GuideStep.LOAD) {
                    claimCreated(servers, claim);
                    endSeed(claim);
                }
            }
            claim.renewable(false);
            control.cancellation().check();
            tools.log().journal(JournalRecord.StepsDone::new);
        } catch (RuntimeException | Error failure) {
            cleanUp(failure, claim);
            throw failure;
        }
        succeed(claim);
    }

    /** After another process, which could not clean up any more. */
    private void cleanUpBefore(Claim claim) {
        Resumption resumed = resumption;
        if (resumed != null) {
            try (RunServers servers = tools.serversForUndos(compiled, control.cancellation())) {
                resumed.cleanUp(undos, tools.undoPlayer(servers, claim, memory, control.cancellation()));
            }
        }
    }

    private static StepResult passedOver(CompiledStep step) {
        return new StepResult(
                step.row(),
                StepResult.Outcome.ALREADY_DONE,
                List.of(),
                "done before the run was resumed, and taken back by a later row since",
                Duration.ZERO);
    }

    /** Nobody reads from the temporary server any more: it need not live, and cost, until the replica has caught up. */
    private void endSeed(Claim claim) {
        if (undos.has(GuideStep.SNAPSHOT, UndoScope.TEMPORARY) || undos.has(GuideStep.LOAD, UndoScope.TEMPORARY)) {
            memory.closeSnapshot();
            try (RunServers servers = tools.serversForUndos(compiled, control.cancellation())) {
                UndoPlayer player = tools.undoPlayer(servers, claim, memory, control.cancellation());
                undos.playEarly(GuideStep.LOAD, UndoScope.TEMPORARY, player);
                undos.playEarly(GuideStep.SNAPSHOT, UndoScope.TEMPORARY, player);
            }
        }
    }

    private ReplicaGuard guard(RunServers servers, Claim claim, OperationRunner operations) {
        // A replica that is still to be created cannot be looked after: its failover ends the run that creates it.
        return compiled.plan() instanceof ReplicationPlan && created == null
                ? tools.repair(compiled, servers, memory, operations)
                        .map(repair -> tools.guard(compiled, servers, claim, repair))
                        .orElse(ReplicaGuard.NONE)
                : ReplicaGuard.NONE;
    }

    /** A promotion by the provider is all that is done to the replica in its row. */
    private static boolean mayRestartReplica(CompiledStep step) {
        return step.row() == GuideStep.RESET_REPLICA
                && step.operations().stream()
                        .map(Operation::info)
                        .anyMatch(info -> info.target() == Target.REPLICA && info.change() == Change.DISRUPTS);
    }

    /** Nothing is changed on the replica any more, so that the run can go on at another server. */
    private static boolean onlyWaits(GuideStep row) {
        return row.compareTo(GuideStep.ENABLE_REPLICATION) > 0 && row.compareTo(GuideStep.RELAX_RETENTION) <= 0;
    }

    /** See {@link ReplicaRescue}; by connections and a claim of its own. */
    FailoverRepair.Repaired rescue(Optional<MySqlGtidSet> seen, Cancellation stop) {
        try (RunServers servers = tools.servers(compiled, stop);
                Claim claim = tools.claim(servers, stop, () -> {})) {
            OperationRunner operations = tools.operations(
                    servers,
                    tools.text(memory),
                    new UndoList(tools.log()),
                    memory,
                    new RunControl(Set.of(), tools.log()));
            return tools.repair(compiled, servers, memory, operations)
                    .orElseThrow(() -> new IllegalStateException("Nobody knows how to recover from a failover"))
                    .repair(seen, stop);
        }
    }

    private void carryOut(CompiledStep step, RunServers servers, OperationRunner operations, ReplicaGuard guard) {
        Step found = find(step, tools.engines());
        try (StepTime time = StepTime.begin(
                compiled.plan(),
                step,
                found.pace(),
                control.cancellation(),
                tools.log().clock(),
                tools.threads())) {
            RunLive live = new RunLive(
                    step,
                    PlanContext.of(compiled),
                    servers,
                    memory,
                    time,
                    tools.log(),
                    new SourceAtStart(tools.log().clock()));
            new StepRunner(
                            found,
                            live,
                            operations,
                            tools.retries(time.cancellation()).within(time),
                            guard)
                    .run(results::add);
        }
    }

    private static Step find(CompiledStep step, Engines engines) {
        return CoreSteps.find(step.key())
                .or(() -> engines.step(step.key()))
                .orElseThrow(() -> new EngineException(
                        Problem.of(PlanCode.NO_ENGINE, "No engine at hand knows the step " + step.key())));
    }

    private void succeed(Claim claim) {
        memory.closeSnapshot();
        undos.drop(UndoScope.ROLLBACK);
        if (compiled.steps().stream().anyMatch(step -> step.row() == GuideStep.RELAX_RETENTION)) {
            undos.takenOver(GuideStep.RETAIN_BINLOGS);
        } else {
            undos.leave(GuideStep.RETAIN_BINLOGS, "replication is not caught up, so its binary logs are kept");
        }
        undo(EnumSet.of(UndoScope.GUARD, UndoScope.TEMPORARY), claim, new Cancellation());
        if (turn != null) {
            tools.turns().stays(turn);
        }
    }

    /** Undoes what this end demands: all on a cancel, guards only otherwise. */
    private void cleanUp(Throwable failure, Claim claim) {
        Set<UndoScope> scopes =
                stopReason() == StopReason.CANCEL ? EnumSet.allOf(UndoScope.class) : EnumSet.of(UndoScope.GUARD);
        try {
            memory.closeSnapshot();
            if (stopReason() == StopReason.LEASE_LOST) {
                // It is for the process that has the run now to undo.
                return;
            }
            if (stopReason() == StopReason.CANCEL) {
                journalCancel(failure);
            }
            undo(scopes, claim, new Cancellation());
            if (stopReason() == StopReason.CANCEL) {
                endTurn();
            }
        } catch (RuntimeException | Error second) {
            failure.addSuppressed(second);
        }
    }

    /** A run that is half undone is not resumed. What is to be undone matters more than that the journal knows. */
    private void journalCancel(Throwable failure) {
        try {
            tools.log().journal(JournalRecord.RunAbandoned::new);
        } catch (JournalException unjournaled) {
            failure.addSuppressed(unjournaled);
        }
    }

    /** By connections of its own, which no cancel of the run has touched. */
    private void undo(Set<UndoScope> scopes, Claim claim, Cancellation cancellation) {
        try (RunServers servers = tools.serversForUndos(compiled, cancellation)) {
            undos.play(scopes, tools.undoPlayer(servers, claim, memory, cancellation));
        }
    }

    /**
     * Undoes all that is still to be undone, under a new claim on the replica. To be called when the run has ended.
     *
     * @throws dev.sluice.api.error.StepException if the replica cannot be claimed, or is somebody else's by now; nothing was undone
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled; the rest is still to be undone
     */
    void abandon(Cancellation cancellation) {
        if (undos.isSettled()) {
            tools.log().journal(JournalRecord.RunAbandoned::new);
            endTurn();
            return;
        }
        try (RunServers servers = tools.servers(compiled, cancellation)) {
            if (resumption != null) {
                takeOverToUndo(servers, cancellation);
            }
            try (Claim claim = claim(servers, cancellation, () -> {})) {
                requireStillOurs(servers);
                tools.log().journal(JournalRecord.RunAbandoned::new);
                undo(EnumSet.allOf(UndoScope.class), claim, cancellation);
                endTurn();
            }
        }
    }

    /** Under the claim, so that nobody can come between the look and the undos. */
    private void requireStillOurs(RunServers servers) {
        ReplicaOwner owner = new ReplicaOwner(
                compiled.replicaFacts(), compiled.plan().replica().providersAccount());
        if (turn != null) {
            owner.requireNoLaterRun(tools.turns(), turn);
        }
        if (resumption != null) {
            tools.laterRuns().requireNone(resumption.history());
        }
        // Of a run whose steps are all done no undo is left by which its own pointing could be told.
        boolean isComplete = resumption != null && resumption.history().isComplete();
        if (!isComplete && isThere() && servers.engine(Target.REPLICA).access().isEmpty()) {
            owner.requireFollowsNobodyElse(servers.link(Target.REPLICA).session(), undos.pointings());
        }
    }

    /** If nothing of the run is in place any more. An end plan changes what no undo brings back. */
    private void endTurn() {
        boolean isTakenBack = compiled.plan() instanceof ReplicationPlan
                && undos.isSettled()
                && undos.leftovers().isEmpty();
        if (turn != null && isTakenBack) {
            tools.turns().takenBack(turn);
        }
    }

    /** The state that an end by this failure comes to. */
    static RunState stateAfter(@Nullable StopReason reason) {
        return reason == StopReason.CANCEL ? RunState.CANCELLED : RunState.FAILED;
    }
}
