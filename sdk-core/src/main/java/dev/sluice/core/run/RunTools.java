// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunId;
import dev.sluice.api.secret.Secret;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.plan.Engines;
import java.time.Duration;
import java.util.Optional;

/** Makes what a run works with, from what the host gave. One object a run. */
final class RunTools {
    /** A table of terabytes takes its time to be dropped, and whoever is undoing has nothing better to do than to wait. */
    static final Duration UNDO_ANSWER = Duration.ofMinutes(30);

    private final RunId run;
    private final SessionTags tags;
    private final Connectors connectors;
    private final RunSettings settings;
    private final RunLog log;
    private final ReplicationPassword password;
    private final People people;
    private final ReplicaTurns turns;
    private final LaterRuns laterRuns;
    private final RunThreads threads;
    private final RetryBudget budget;

    RunTools(RunId run, CompiledPlan compiled, RunHost host, RunLog log, People people) {
        this.run = run;
        this.tags = SessionTags.of(run);
        this.connectors = host.connectors();
        this.settings = host.settings();
        this.turns = host.open().turns();
        this.threads = host.open().threads();
        this.budget = new RetryBudget(settings.retries());
        this.laterRuns = new LaterRuns(host.journal());
        this.log = log;
        this.people = people;
        Optional<Secret> given = compiled.plan() instanceof ReplicationPlan plan
                ? plan.replicationAccount().password()
                : Optional.empty();
        this.password = new ReplicationPassword(given, takenByProcedure(compiled), connectors.secrets());
    }

    /** The procedures of managed servers cut blanks off the texts that they are given. */
    private static boolean takenByProcedure(CompiledPlan compiled) {
        return compiled.steps().stream()
                .flatMap(step -> step.operations().stream())
                .filter(ProcedureOperation.class::isInstance)
                .flatMap(operation -> ((ProcedureOperation) operation).call().parts().stream())
                .anyMatch(Statement.SecretHole.class::isInstance);
    }

    /** Before anything is changed: that the replication password can be had, and that replicas take it. */
    void checkPassword() {
        password.value();
    }

    /** How to reverse what a run does; where only people can, they are asked. */
    UndoList undos() {
        return new UndoList(log, new AskedUndos(people, log));
    }

    /** It is this run's turn on the replica, which it has claimed. */
    ReplicaTurns.Turn takeTurn(CompiledPlan compiled) {
        return turns.take(compiled.replicaFacts(), run);
    }

    /** It is this run's turn on the replica that it has created. */
    ReplicaTurns.Turn takeTurn(RunServers servers) {
        if (servers.engine(Target.REPLICA).access().isPresent()) {
            return turns.take(run.value(), run);
        }
        String uuid = servers.link(Target.REPLICA)
                .session()
                .queryValue("SELECT @@GLOBAL.server_uuid")
                .orElse("");
        return turns.take(uuid.isEmpty() ? run.value() : uuid, run);
    }

    ReplicaTurns turns() {
        return turns;
    }

    RunId run() {
        return run;
    }

    RunThreads threads() {
        return threads;
    }

    RunLog log() {
        return log;
    }

    Engines engines() {
        return connectors.engines();
    }

    RunServers servers(CompiledPlan compiled, RunMemory memory, Cancellation cancellation) {
        return new RunServers(
                connectors,
                compiled,
                tags,
                log::requireLease,
                memory::told,
                MySqlConnector.DEFAULT_CONTROL_TIMEOUT,
                cancellation);
    }

    /**
     * The servers for undos, with connections of their own that wait longer. They are opened as well when the journal cannot be asked: what holds
     * something up on a server is released whatever became of the journal.
     */
    RunServers serversForUndos(CompiledPlan compiled, RunMemory memory, Cancellation cancellation) {
        return new RunServers(connectors, compiled, tags, log::requireNotLost, memory::told, UNDO_ANSWER, cancellation);
    }

    /**
     * Makes the replica this run's own: claims it, and ends what earlier owners left there.
     *
     * @param lost called once, on any thread, if the claim is lost before it is closed
     */
    Claim claim(RunServers servers, Cancellation cancellation, Runnable lost) {
        if (servers.engine(Target.REPLICA).access().isPresent()) {
            return Claim.UNCONTESTED;
        }
        return RunClaim.of(
                mayHaveFence(servers) ? () -> fence(servers) : null,
                whenLost -> claim(servers, cancellation, "sluice-claim-", whenLost),
                lost);
    }

    /** Ends what another process has opened for this run on a server, and sees it gone: it may be in the middle of a statement. */
    void endOtherProcess(RunServers servers, Target target, Cancellation cancellation) {
        if (servers.engine(target).access().isEmpty()) {
            new EarlierSessions(tags, log, EarlierSessions.PATIENCE)
                    .endOfSameRun(servers.connector(target), cancellation);
        }
    }

    /** Of this run's journal. */
    LaterRuns laterRuns() {
        return laterRuns;
    }

    private ReplicaClaim claim(RunServers servers, Cancellation cancellation, String thread, Runnable lost) {
        ReplicaClaim claim = ReplicaClaim.of(servers.claimant(), thread + run, lost);
        try {
            new EarlierSessions(tags, log, EarlierSessions.PATIENCE)
                    .end(servers.connector(Target.REPLICA), cancellation);
            return claim;
        } catch (RuntimeException | Error failure) {
            claim.close();
            throw failure;
        }
    }

    /** Of replicas that a failover can move, or a step restart; not of the others, nor in a plan that knows no source. */
    private static boolean mayHaveFence(RunServers servers) {
        boolean mayMove = servers.engine(Target.REPLICA).failovers().isPresent();
        boolean hasSource =
                servers.hasSource() && servers.engine(Target.SOURCE).access().isEmpty();
        return mayMove && hasSource;
    }

    private ReplicaClaim fence(RunServers servers) {
        return ReplicaClaim.onSource(
                servers.claimantOnSource(), servers.label(Target.REPLICA), "sluice-fence-" + run, () -> {});
    }

    /** Follows the replica through failovers; {@link ReplicaGuard#NONE} where its engine recognises none. */
    ReplicaGuard guard(CompiledPlan compiled, RunServers servers, Claim claim, FailoverRepair repair) {
        Optional<FailoverSigns> signs = signs(compiled, servers);
        return signs.isPresent() && claim instanceof RunClaim renewable
                ? new FailoverWatch(signs.get(), compiled.plan().replica(), renewable, servers, repair, log)
                : ReplicaGuard.NONE;
    }

    Optional<FailoverSigns> signs(CompiledPlan compiled, RunServers servers) {
        return servers.engine(Target.REPLICA)
                .failovers()
                .map(failovers -> new FailoverSigns(
                        failovers, compiled.plan().replica(), servers.address(Target.REPLICA), log.clock()));
    }

    /** Brings replication back after a failover; empty where the replica's engine recognises none. */
    Optional<FailoverRepair> repair(
            CompiledPlan compiled, RunServers servers, RunMemory memory, OperationRunner operations) {
        return servers.engine(Target.REPLICA)
                .failovers()
                .map(failovers ->
                        new FailoverRepair(compiled, failovers.recovery(), servers, memory, operations, this));
    }

    UndoPlayer undoPlayer(SameServers same, Claim claim, RunMemory memory, Cancellation cancellation) {
        return new UndoPlayer(
                same::link, same.servers().undoCalls(), claim, text(memory)::of, retries(cancellation), log);
    }

    StatementText text(RunMemory memory) {
        return new StatementText(password, connectors.secrets(), memory);
    }

    Retries retries(Cancellation cancellation) {
        return new Retries(settings.retries(), budget, cancellation, log);
    }

    OperationRunner operations(
            RunServers servers, StatementText text, UndoList undos, RunMemory memory, RunControl control) {
        DataWork data = new DataWork(
                memory,
                log,
                new SnapshotWork(settings, log),
                new CopyWork(settings, log, budget),
                new VerifyWork(settings));
        return new OperationRunner(
                servers, text, undos, retries(control.cancellation()), new Waiting(people, control::state, log), data);
    }
}
