// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.error.JournalException;
import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.StepResult;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out all steps of one run, in their order, on the run's own thread. */
final class RunDriver {
    private static final Logger logger = LoggerFactory.getLogger(RunDriver.class);

    private final RunParts parts;
    private final CompiledPlan compiled;
    private final RunTools tools;
    private final RunControl control;
    private final RunEnding ending;
    private final UndoList undos;
    private final List<StepResult> results = new ArrayList<>();

    RunDriver(RunParts parts, RunControl control, RunEnding ending) {
        this.parts = parts;
        this.compiled = parts.compiled();
        this.tools = parts.tools();
        this.control = control;
        this.ending = ending;
        this.undos = parts.undos();
    }

    /** Of the steps that were reached so far. */
    List<StepResult> results() {
        return results;
    }

    /**
     * Does all steps. Whatever it throws, locks are released and what the reason of the end demands is undone, as long as the replica is
     * still claimed.
     */
    void run() {
        try {
            if (parts.isComplete()) {
                closeLate();
            } else {
                carryOut();
            }
        } finally {
            ending.withdrawQuestions();
        }
        ending.awaitRemovals();
    }

    private void carryOut() {
        Cancellation cancellation = control.cancellation();
        TakeOver takeOver = new TakeOver(parts);
        tools.checkPassword();
        try (RunServers servers = parts.servers(cancellation)) {
            takeOver.endOtherProcess(servers, cancellation);
            try (Claim claim = parts.claim(servers, cancellation, this::replicaIsLost)) {
                if (parts.resumption().isPresent()) {
                    takeOver.requireStillOurs(servers);
                }
                parts.takeTurn();
                carryOut(servers, claim);
            }
        } finally {
            parts.needNoLogs();
            parts.memory().closeSnapshot();
        }
    }

    private void closeLate() {
        LateClosing closing = new LateClosing(parts, ending);
        results.addAll(closing.results());
        closing.close(control.cancellation(), this::replicaIsLost);
    }

    private void replicaIsLost() {
        try {
            tools.log().requireNotLost();
        } catch (JournalException takenOver) {
            // Who takes a run over ends its claim, too: the lease tells by itself that this is the reason.
            logger.debug("The claim is lost, and so may be the lease", takenOver);
        }
        control.stop(StopReason.REPLICA_LOST);
    }

    private void carryOut(RunServers servers, Claim claim) {
        try {
            OperationRunner operations =
                    tools.operations(servers, tools.text(parts.memory()), undos, parts.memory(), control);
            StepDriver steps = new StepDriver(parts, servers, operations, control.cancellation(), results::add);
            ReplicaGuard guard = guard(servers, claim, operations);
            cleanUpBefore(claim);
            if (compiled.plan() instanceof ReplicationPlan) {
                parts.needLogs(servers, control.cancellation());
                parts.watchLogs(servers);
            }
            for (CompiledStep step : compiled.steps()) {
                if (isPassedOver(step)) {
                    results.add(passedOver(step));
                } else {
                    begin(step, claim);
                    steps.carryOut(step, onlyWaits(step) ? guard : ReplicaGuard.NONE);
                }
                end(step, servers, claim);
            }
            claim.renewable(false);
            control.cancellation().check();
            tools.log().journal(JournalRecord.StepsDone::new);
        } catch (RuntimeException | Error failure) {
            ending.cleanUp(failure, claim);
            throw failure;
        }
        ending.succeed(claim);
    }

    private void begin(CompiledStep step, Claim claim) {
        if (parts.resumption().filter(resumed -> resumed.wasDone(step)).isEmpty()) {
            control.gate(step.row());
        }
        if (step.row() == GuideStep.RELAX_RETENTION) {
            parts.needNoLogs();
            undos.mayBeReversed(GuideStep.RETAIN_BINLOGS);
        }
        control.at(step.row());
        if (mayRestartReplica(step)) {
            // Only behind a fence can the claim outlive that; a load of hours may have outlived the source's sessions,
            // and the fence with them.
            claim.sourceMayHaveRestarted();
        }
        claim.renewable(onlyWaits(step) || mayRestartReplica(step));
    }

    private void end(CompiledStep step, RunServers servers, Claim claim) {
        undos.settleDone();
        if (mayRestartReplica(step)) {
            claim.replicaMayHaveRestarted();
        }
        if (step.row() == GuideStep.ENABLE_BINLOG && !step.operations().isEmpty()) {
            claim.sourceMayHaveRestarted();
        }
        if (step.row() == GuideStep.ENABLE_REDO_LOG) {
            undos.takenOver(GuideStep.DISABLE_REDO_LOG);
        }
        if (step.row() == GuideStep.PUT_TABLE_IN) {
            undos.takenOver(GuideStep.LEAVE_TABLE_OUT, UndoScope.GUARD);
            undos.takenOver(GuideStep.HOLD_APPLIER, UndoScope.GUARD);
        }
        if (step.row() == GuideStep.LOAD) {
            parts.claimCreated(servers, claim);
            endSeed(claim);
        }
    }

    /** After another process, which could not clean up any more. */
    private void cleanUpBefore(Claim claim) {
        parts.resumption().ifPresent(resumed -> {
            try (RunServers servers = parts.serversForUndos(control.cancellation())) {
                resumed.cleanUp(undos, parts.player(servers, claim, control.cancellation()));
            }
        });
    }

    private boolean isPassedOver(CompiledStep step) {
        return parts.resumption()
                .filter(resumed -> resumed.isPassedOver(step.row()))
                .isPresent();
    }

    private static StepResult passedOver(CompiledStep step) {
        return new StepResult(
                step.row(),
                StepResult.Outcome.ALREADY_DONE,
                List.of(),
                "done before the run was resumed, and a later row has taken it further since",
                Duration.ZERO);
    }

    /** Nobody reads from the temporary server any more: it need not live, and cost, until the replica has caught up. */
    private void endSeed(Claim claim) {
        if (undos.has(GuideStep.SNAPSHOT, UndoScope.TEMPORARY) || undos.has(GuideStep.LOAD, UndoScope.TEMPORARY)) {
            parts.memory().closeSnapshot();
            try (RunServers servers = parts.serversForUndos(control.cancellation())) {
                UndoPlayer player = parts.player(servers, claim, control.cancellation());
                undos.playEarly(GuideStep.LOAD, UndoScope.TEMPORARY, player);
                undos.playEarly(GuideStep.SNAPSHOT, UndoScope.TEMPORARY, player);
            }
        }
    }

    private ReplicaGuard guard(RunServers servers, Claim claim, OperationRunner operations) {
        // A replica that is still to be created cannot be looked after: its failover ends the run that creates it.
        return compiled.plan() instanceof ReplicationPlan && !parts.createsReplica()
                ? tools.repair(compiled, servers, parts.memory(), operations)
                        .map(repair -> tools.guard(compiled, servers, claim, repair))
                        .orElse(ReplicaGuard.NONE)
                : ReplicaGuard.NONE;
    }

    /** Whether all that is done to the replica in its row is what the provider restarts it for: a promotion, or its first backup. */
    private static boolean mayRestartReplica(CompiledStep step) {
        return (step.row() == GuideStep.RESET_REPLICA || step.row() == GuideStep.KEEP_BACKUPS)
                && step.operations().stream()
                        .map(Operation::info)
                        .anyMatch(info -> info.target() == Target.REPLICA && info.change() == Change.DISRUPTS);
    }

    /** Nothing is changed on the replica any more, so that the run can go on at another server. */
    private static boolean onlyWaits(CompiledStep step) {
        GuideStep row = step.row();
        boolean holdsApplier = step.operations().stream()
                .anyMatch(operation -> operation instanceof VerifyOperation verify
                        && verify.exact().isPresent());
        return !holdsApplier
                && row.compareTo(GuideStep.ENABLE_REPLICATION) > 0
                && row.compareTo(GuideStep.RELAX_RETENTION) <= 0;
    }
}
