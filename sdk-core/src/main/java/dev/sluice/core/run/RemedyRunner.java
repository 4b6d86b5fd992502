// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.Sql;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Does the operations of one remedy, in order, on one session a server, under a claim on the replica, and remembers what undoes them. Nothing is
 * repeated: what failed is looked at by a new diagnosis. One thread at a time.
 */
public final class RemedyRunner {
    private final DiagnosedServers servers;
    private final ErrorCode refused;
    private final Deque<Done> undos = new ArrayDeque<>();

    private record Done(Target target, Undo undo) {}

    /** @param refused the code of what cannot be done any more */
    public RemedyRunner(DiagnosedServers servers, ErrorCode refused) {
        this.servers = servers;
        this.refused = refused;
    }

    /**
     * Carries the remedy out, if its conditions still hold.
     *
     * @return the ids of what was done
     * @throws StepException the first failure; what was done before it stays, and can be undone
     */
    public List<String> perform(Remedy remedy) {
        List<String> done = new ArrayList<>();
        working(links -> {
            remedy.conditions().forEach(condition -> require(condition, links));
            for (Operation operation : remedy.operations()) {
                perform(operation, links);
                done.add(operation.id());
            }
        });
        return done;
    }

    private void require(Remedy.Condition condition, Links links) {
        if (!GuardValue.isStill(condition.look(), links.of(condition.target()).session())) {
            throw new StepRefusedException(Problem.of(
                    refused, "The replica is not as it was when it was diagnosed: " + condition.otherwise()));
        }
    }

    private void perform(Operation operation, Links links) {
        links.requireClaim();
        Target target = operation.info().target();
        operation.info().undos().forEach(undo -> undos.push(new Done(target, undo)));
        if (operation instanceof SqlOperation sql) {
            links.execute(sql);
        } else if (operation instanceof ProcedureOperation procedure) {
            call(procedure, target, links);
        } else {
            throw new IllegalStateException("Not an operation of a remedy: " + operation.id());
        }
    }

    /** Managed servers' procedures raise errors for states that are none: whether replication runs is looked at afterwards. */
    private static void call(ProcedureOperation procedure, Target target, Links links) {
        try {
            links.execute(target, procedure.call());
        } catch (StepRefusedException judgedByLooking) {
            if (!procedure.procedure().contains("start_replication")
                    && !procedure.procedure().contains("stop_replication")) {
                throw judgedByLooking;
            }
        }
    }

    /**
     * Undoes what was done, newest first, as far as it is still as this left it.
     *
     * @return what was undone and what was left, for people
     * @throws StepException the first failure; the rest can be undone by another call
     */
    public List<String> undo() {
        List<String> told = new ArrayList<>();
        if (undos.isEmpty()) {
            return told;
        }
        working(links -> {
            while (!undos.isEmpty()) {
                told.add(undo(undos.peek(), links));
                undos.pop();
            }
        });
        return told;
    }

    private static String undo(Done done, Links links) {
        links.requireClaim();
        Undo undo = done.undo();
        boolean isOurs = undo.onlyIf()
                .map(only -> GuardValue.isStill(only, links.of(done.target()).session()))
                .orElse(true);
        if (!isOurs) {
            return "left, since it was changed meanwhile: " + undo.purpose();
        }
        undo.statements().forEach(statement -> links.execute(done.target(), statement));
        return undo.purpose();
    }

    private void working(Consumer<Links> work) {
        Cancellation cancellation = new Cancellation();
        try (Claim claim = servers.claim(cancellation::cancel);
                Links links = new Links(servers, claim, cancellation, refused)) {
            work.accept(links);
        }
    }

    /** The sessions of one remedy. */
    private static final class Links implements AutoCloseable {
        private final Claim claim;
        private final ServerLink replica;
        private final Deque<ServerLink> source = new ArrayDeque<>();
        private final DiagnosedServers servers;
        private final Cancellation cancellation;
        private final ReplicationPassword password;
        private final ErrorCode refused;

        Links(DiagnosedServers servers, Claim claim, Cancellation cancellation, ErrorCode refused) {
            this.servers = servers;
            this.claim = claim;
            this.cancellation = cancellation;
            this.replica = servers.replicaLink(cancellation);
            this.password = servers.newPassword();
            this.refused = refused;
        }

        ServerLink of(Target target) {
            if (target == Target.REPLICA) {
                return replica;
            }
            if (source.isEmpty()) {
                source.push(servers.sourceLink(cancellation));
            }
            return source.peek();
        }

        void execute(SqlOperation operation) {
            Target target = operation.info().target();
            if (operation.settings().isPresent()) {
                of(target).executeApart(text(operation.settings().get()), text(operation.statement()));
            } else {
                execute(target, operation.statement());
            }
        }

        void execute(Target target, Statement statement) {
            of(target).execute(text(statement));
        }

        private String text(Statement statement) {
            return Sql.complete(statement, secret -> password.value(), slot -> {
                throw new IllegalStateException("A remedy knows no coordinates");
            });
        }

        void requireClaim() {
            if (!claim.isHeld()) {
                throw new StepRefusedException(
                        Problem.of(refused, "The claim on the replica is lost, and another run may work there"));
            }
        }

        @Override
        public void close() {
            replica.close();
            source.forEach(ServerLink::close);
        }
    }
}
