// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.HeartbeatPlan;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.VerifyPlan;
import dev.sluice.api.run.RunId;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.SharedRetention;
import dev.sluice.core.plan.PlanContext;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one run works on: its plan, what it found out, what it has changed, and its place on the replica. Shared by those that drive it, end
 * it and take it back, one thread at a time.
 */
final class RunParts {
    private final CompiledPlan compiled;
    private final RunTools tools;
    private final RunMemory memory;
    private final UndoList undos;

    /** Null for a replica that is there anyway. */
    private final @Nullable CreatedReplica created;

    /** Null for a run that this process has begun. */
    private final @Nullable Resumption resumption;

    /** On the replica; null before the claim, and for plans that leave nothing behind that others could build on. */
    private ReplicaTurns.@Nullable Turn turn;

    /** Null while the run does not need the source's binary logs to be kept, as far as others are concerned. */
    private @Nullable LogsNeed logsNeed;

    /** Null while no binary log of the source has to be there. */
    private @Nullable BinlogWatch logsWatch;

    RunParts(CompiledPlan compiled, RunTools tools, @Nullable RunHistory history) {
        this.compiled = compiled;
        this.tools = tools;
        this.memory = new RunMemory(
                tools.log().clock(),
                compiled.plan() instanceof ReplicationPlan plan ? plan.start().orElse(null) : null);
        this.undos = tools.undos();
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

    RunId run() {
        return tools.run();
    }

    CompiledPlan compiled() {
        return compiled;
    }

    RunTools tools() {
        return tools;
    }

    RunLog log() {
        return tools.log();
    }

    RunMemory memory() {
        return memory;
    }

    UndoList undos() {
        return undos;
    }

    /** Empty for a run that this process has begun. */
    Optional<Resumption> resumption() {
        return Optional.ofNullable(resumption);
    }

    /** Whether an earlier process has done all steps, so that only the end of the run is missing. */
    boolean isComplete() {
        return resumption().filter(resumed -> resumed.history().isComplete()).isPresent();
    }

    /** Whether the plan makes its replica. */
    boolean createsReplica() {
        return created != null;
    }

    /** Whether there is a replica, as far as the run knows. */
    boolean replicaIsThere() {
        CreatedReplica coming = created;
        return coming == null || coming.state() == CreatedReplica.State.THERE;
    }

    /**
     * Makes the replica this run's own. One that is still to be created is claimed later.
     *
     * @param lost called once, on any thread, if the claim is lost before it is closed
     */
    Claim claim(RunServers servers, Cancellation cancellation, Runnable lost) {
        CreatedReplica coming = created;
        return coming == null
                ? tools.claim(servers, cancellation, lost)
                : LateClaim.of(coming, () -> tools.claim(servers, cancellation, lost));
    }

    /** The replica was there before and is claimed now. */
    void takeTurn() {
        if (leavesSomething() && created == null) {
            turn = tools.takeTurn(compiled);
        }
    }

    /** On what a pause, a comparison or a heartbeat leaves behind nobody can build. */
    private boolean leavesSomething() {
        return !(compiled.plan() instanceof PausePlan)
                && !(compiled.plan() instanceof VerifyPlan)
                && !(compiled.plan() instanceof HeartbeatPlan);
    }

    /** A replica that the run creates is there now: from here on it is like any other. */
    void claimCreated(RunServers servers, Claim claim) {
        if (claim instanceof LateClaim late) {
            late.take();
            turn = tools.takeTurn(servers);
        }
    }

    /** That no run of this Sluice has had the replica since, as far as this one has had it. */
    void requireNoLaterTurn(ReplicaOwner owner) {
        ReplicaTurns.Turn taken = turn;
        if (taken != null) {
            owner.requireNoLaterRun(tools.turns(), taken);
        }
    }

    /** The run came to its end, and what it has built on the replica is there to stay. */
    void turnStays() {
        ReplicaTurns.Turn taken = turn;
        if (taken != null) {
            tools.turns().stays(taken);
        }
    }

    /** If nothing of the run is in place any more. An end plan changes what no undo brings back. */
    void endTurn() {
        ReplicaTurns.Turn taken = turn;
        boolean isTakenBack = !(compiled.plan() instanceof EndPlan)
                && undos.isSettled()
                && undos.leftovers().isEmpty();
        if (taken != null && isTakenBack) {
            tools.turns().takenBack(taken);
        }
    }

    /**
     * Tells runs of other replicas that the source's binary logs are to be kept, if the plan has them kept; they raise and lower the same value.
     * Where others have raised it already nothing may be left to raise, and yet this run may be the last to lower it.
     */
    void needLogs(RunServers servers, Cancellation cancellation) {
        Optional<CompiledStep> retain = compiled.steps().stream()
                .filter(step -> step.row() == GuideStep.RETAIN_BINLOGS)
                .findFirst();
        if (retain.isEmpty() || servers.engine(Target.SOURCE).access().isPresent()) {
            return;
        }
        OptionalLong before = tools.engines()
                .step(retain.get().key())
                .map(step -> step.sharedBefore(PlanContext.of(compiled)))
                .orElse(OptionalLong.empty());
        if (before.isPresent()) {
            MySqlConnector source = servers.claimantOnSource();
            String thread = "sluice-logs-" + tools.run();
            logsNeed = tools.retries(cancellation)
                    .call(retain.get().key(), () -> LogsNeed.tell(source, before.getAsLong(), thread));
            if (areRaisedByOthers()) {
                registerUndos(retain.get());
            }
        }
    }

    /** Has somebody look whether the source keeps what the run still needs. */
    void watchLogs(RunServers servers) {
        if (servers.engine(Target.SOURCE).access().isEmpty()
                && servers.engine(Target.REPLICA).access().isEmpty()) {
            LogRetention retention = LogRetention.of(compiled, servers.engine(Target.SOURCE));
            logsWatch = new NeededLogs(servers, memory, tools, retention).watch();
        }
    }

    private boolean areRaisedByOthers() {
        return compiled.sourceFacts()
                .flatMap(source -> source.variable(SharedRetention.RAISED))
                .isPresent();
    }

    /** What this run makes itself, by calls, is undone if it comes to that. */
    private void registerUndos(CompiledStep retain) {
        for (Operation raise : retain.operations()) {
            raise.info().undos().stream()
                    .filter(undo -> undo.reversal() instanceof Statement)
                    .forEach(undo -> undos.register(retain, raise, Target.SOURCE, undo));
        }
    }

    /** The replica has all that it needs, or never will. Known to others when this returns. */
    void needNoLogs() {
        BinlogWatch watch = logsWatch;
        logsWatch = null;
        if (watch != null) {
            watch.close();
        }
        LogsNeed need = logsNeed;
        logsNeed = null;
        if (need != null) {
            need.close();
        }
    }

    /** Undoes what has these scopes, by connections of its own, which no cancel of the run has touched. */
    void undo(Set<UndoScope> scopes, Claim claim, Cancellation cancellation) {
        needNoLogs();
        try (RunServers servers = serversForUndos(cancellation)) {
            undos.play(scopes, player(servers, claim, cancellation));
        }
    }

    /** The servers, by connections of their own. */
    RunServers servers(Cancellation cancellation) {
        return tools.servers(compiled, memory, cancellation);
    }

    /** The same where some are gone for good. */
    RunServers serversWithout(Set<Target> lost, Cancellation cancellation) {
        return servers(cancellation).without(lost);
    }

    /** The same by connections that wait longer. */
    RunServers serversForUndos(Cancellation cancellation) {
        return tools.serversForUndos(compiled, memory, cancellation);
    }

    UndoPlayer player(RunServers servers, Claim claim, Cancellation cancellation) {
        return tools.undoPlayer(same(servers), claim, memory, cancellation);
    }

    /** Looks whether these servers are still the run's. */
    SameServers same(RunServers servers) {
        return new SameServers(compiled, memory, servers);
    }
}
