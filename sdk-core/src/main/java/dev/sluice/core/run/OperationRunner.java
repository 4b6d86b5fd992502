// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.error.Effect;
import dev.sluice.api.error.StepException;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.spi.ControlPlane;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.OperationOutcome;
import dev.sluice.api.spi.ServerAccess;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.mysql.ReplicationAccountStatements;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Does single operations, each in the one way that its kind has, after its undos were written down. */
final class OperationRunner {
    private final RunServers servers;
    private final StatementText text;
    private final UndoList undos;
    private final Retries retries;
    private final Waiting waiting;
    private final DataWork data;
    private final RunLog log;

    OperationRunner(
            RunServers servers, StatementText text, UndoList undos, Retries retries, Waiting waiting, DataWork data) {
        this.servers = servers;
        this.text = text;
        this.undos = undos;
        this.retries = retries;
        this.waiting = waiting;
        this.data = data;
        this.log = waiting.log();
    }

    /** Whether the source's account surely has the password that statements are filled with. */
    boolean knowsPassword() {
        return text.knowsPassword();
    }

    /**
     * Whether a refusal says nothing about what happened: managed servers' procedures raise errors for states that are none, so
     * that only a look tells.
     */
    static boolean isJudgedByLooking(Operation operation) {
        return operation instanceof ProcedureOperation;
    }

    /**
     * Does the operation, again and again as long as it surely was not applied and may succeed.
     *
     * @param isMissing whether a look at the servers still misses it, for operations that wait
     */
    void perform(Operation operation, RunLive live, BooleanSupplier isMissing) {
        CompiledStep step = live.step();
        String key = step.key().toString();
        List<String> registered = operation.info().undos().stream()
                .map(undo -> undos.register(step, operation, operation.info().target(), undo))
                .flatMap(Optional::stream)
                .toList();
        AtomicInteger attempt = new AtomicInteger();
        Instant began = log.clock().instant();
        undos.doubt(step, operation);
        try {
            repeat(operation, live, isMissing, attempt);
            undos.doubtNot(step, operation);
        } catch (StepException failure) {
            if (failure.effect() == Effect.NONE && !isJudgedByLooking(operation) && !isForPerson(operation)) {
                undos.forget(registered);
            }
            throw failure;
        }
        log.journal(at -> new JournalRecord.OperationClosed(at, key, operation.id()));
        log.event((run, at) ->
                new RunEvent.OperationFinished(run, at, step.key(), operation, Duration.between(began, at)));
    }

    /** Who was asked to do it may do it yet, whatever became of the waiting. */
    private boolean isForPerson(Operation operation) {
        return operation instanceof ControlPlaneOperation call
                && servers.engine(call.info().target()).controlPlane().isEmpty();
    }

    private void repeat(Operation operation, RunLive live, BooleanSupplier isMissing, AtomicInteger attempt) {
        if (operation instanceof CopyOperation) {
            // Its snapshots may be gone with the failure, and part of the rows may have arrived: never simply once
            // more.
            attempt(operation, live, isMissing, attempt.incrementAndGet());
            return;
        }
        retries.within(live.time()).call(live.step().key(), () -> {
            attempt(operation, live, isMissing, attempt.incrementAndGet());
            return true;
        });
    }

    private void attempt(Operation operation, RunLive live, BooleanSupplier isMissing, int attempt) {
        CompiledStep step = live.step();
        String key = step.key().toString();
        log.journal(at -> new JournalRecord.OperationOpened(at, key, operation.id(), attempt));
        log.event((run, at) -> new RunEvent.OperationStarted(run, at, step.key(), operation, attempt));
        try {
            dispatch(operation, live, isMissing);
        } catch (StepException failure) {
            log.journal(at -> new JournalRecord.OperationFailed(
                    at, key, operation.id(), failure.code().id(), failure.effect()));
            throw failure;
        }
    }

    /** Keeps the snapshot's coordinates, if this look is the one that shows them. */
    void keep(Look.Done done) {
        done.coordinates().ifPresent(data::stands);
    }

    private void dispatch(Operation operation, RunLive live, BooleanSupplier isMissing) {
        if (operation instanceof WaitOperation wait) {
            waiting.until(isMissing, wait, live.time());
        } else if (operation instanceof PersonOperation action) {
            waiting.forPerson(isMissing, live, action.of(live.run()));
        } else if (operation instanceof ControlPlaneOperation call) {
            call(call, live, isMissing);
        } else {
            Optional<ServerAccess> access =
                    servers.engine(operation.info().target()).access();
            if (access.isPresent()) {
                data.keep(ofEngine(access.get(), operation, live), operation);
            } else {
                work(operation, live);
            }
        }
    }

    /** What an engine does in a way of its own ends with the step, too. */
    private static OperationOutcome ofEngine(ServerAccess access, Operation operation, RunLive live) {
        try (CallCut cut = CallCut.with(live.time().cancellation())) {
            return access.perform(operation, live);
        }
    }

    private void work(Operation operation, RunLive live) {
        if (operation instanceof SqlOperation sql) {
            execute(operation, sql.settings().orElse(null), sql.statement(), live);
        } else if (operation instanceof ProcedureOperation call) {
            execute(operation, null, call.call(), live);
        } else if (operation instanceof SnapshotOperation snapshot) {
            data.snapshot(snapshot, live);
        } else if (operation instanceof CopyOperation copy) {
            data.copy(copy, live, undo -> undos.register(live.step(), copy, Target.REPLICA, undo));
        } else if (operation instanceof VerifyOperation verify) {
            data.verify(verify, live, new ApplierGuard(undos, verify, live));
        } else {
            throw new IllegalStateException("Nobody does operations of " + operation.getClass());
        }
    }

    private void execute(Operation operation, @Nullable Statement settings, Statement statement, RunLive live) {
        boolean hasMadeUp = statement.parts().stream().anyMatch(Statement.SecretHole.class::isInstance)
                && live.account().password().isEmpty();
        boolean makesPassword = hasMadeUp && operation.info().target() == Target.SOURCE;
        if (makesPassword) {
            journalPassword(live);
        } else if (hasMadeUp && !text.knowsPassword() && live.memory().madePassword()) {
            setNewPassword(live);
        }
        ServerLink link = servers.link(operation.info().target());
        if (statement.isForEachInterval()) {
            text.forEachIntervalOf(statement, link.session()).forEach(link::execute);
        } else if (settings == null) {
            link.execute(text.of(statement));
            if (makesPassword) {
                text.passwordWasSet();
            }
        } else {
            link.executeApart(text.of(settings), text.of(statement));
        }
    }

    private void journalPassword(RunLive live) {
        log.journal(at -> new JournalRecord.PasswordMadeUp(
                at, live.account().user(), live.account().host().orElse("")));
    }

    /** The password of an account that an earlier process of this run has made went with that process. */
    private void setNewPassword(RunLive live) {
        journalPassword(live);
        Statement change = ReplicationAccountStatements.of(live.account()).newPassword();
        servers.link(Target.SOURCE).execute(text.of(change));
        text.passwordWasSet();
    }

    private void call(ControlPlaneOperation compiled, RunLive live, BooleanSupplier isMissing) {
        ControlPlaneOperation call = compiled.of(live.run());
        Optional<ControlPlane> plane = servers.engine(call.info().target()).controlPlane();
        if (plane.isPresent()) {
            try (CallCut cut = CallCut.with(live.time().cancellation())) {
                plane.get().perform(call, live);
            }
            return;
        }
        waiting.forPerson(
                isMissing,
                live,
                new PersonOperation(call.info(), List.of(call.command()), PersonOperation.DEFAULT_DEADLINE));
    }
}
