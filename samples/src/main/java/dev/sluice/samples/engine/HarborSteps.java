// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.engine;

import static dev.sluice.api.operation.Slot.SNAPSHOT_COORDINATES;
import static dev.sluice.api.operation.Statement.CoordinatesHole.Field.FILE;
import static dev.sluice.api.operation.Statement.CoordinatesHole.Field.POSITION;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.OperationSecret;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaHealth;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatus.ReceiverState;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.ReplicationAccountStatements;
import dev.sluice.core.mysql.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What Harbor's procedures can do, row by row of the guide. */
final class HarborSteps {
    private static final ErrorCode NOT_ON_HARBOR =
            new HarborCode("HARBOR-001", "Harbor has no procedure for this", "Change the plan as the message says");

    private static final Duration KEPT = Duration.ofDays(7);

    private static final String RESET = "CALL mysql.harbor_reset()";

    private HarborSteps() {}

    static List<Step> ofSource() {
        return List.of(
                new HarborStep(GuideStep.ENABLE_BINLOG, c -> StepDraft.nothing("It is always on."), HarborSteps::never),
                new HarborStep(GuideStep.RETAIN_BINLOGS, HarborSteps::retention, HarborSteps::never),
                new HarborStep(GuideStep.CREATE_REPLICATION_USER, HarborSteps::createUser, HarborSteps::seeUser));
    }

    /** Of rows that never have anything to do. */
    private static Look never(LiveContext context) {
        return Look.done("nothing to do");
    }

    static List<Step> ofReplica() {
        return List.of(
                new HarborStep(GuideStep.ENABLE_REPLICATION, HarborSteps::point, HarborSteps::seeRunning),
                new HarborStep(GuideStep.START_REPLICATION, c -> StepDraft.of(call("start")), HarborSteps::seeRunning),
                new HarborStep(GuideStep.STOP_REPLICATION, c -> StepDraft.of(call("stop")), HarborSteps::seeStopped),
                new HarborStep(GuideStep.RESET_REPLICA, c -> StepDraft.of(call("reset")), HarborSteps::seeNoSource));
    }

    // What cannot work is refused when the plan is compiled, with what to do instead; not in the middle of a run.
    private static StepDraft retention(StepContext context) {
        Duration wanted = context.replication().binlogRetention().orElse(KEPT);
        return wanted.compareTo(KEPT) > 0
                ? refused("keeps binary logs for seven days", "Take retainBinlogs(…) of at most 168 hours")
                : StepDraft.nothing("Harbor keeps binary logs for seven days.");
    }

    private static StepDraft refused(String what, String remedy) {
        return StepDraft.impossible(Problem.of(NOT_ON_HARBOR, "Harbor " + what, remedy));
    }

    // The undo belongs to the operation: it is in the journal before the account is made.
    private static StepDraft createUser(StepContext context) {
        if (context.alreadyReplicating()) {
            return StepDraft.nothing("The replica follows the source already, with this account.");
        }
        ReplicationAccountStatements account = ReplicationAccountStatements.of(context.account());
        OperationInfo create = OperationInfo.changing("create-user", Target.SOURCE, "create the replication account")
                .undoneBy(new Undo(UndoScope.ROLLBACK, "drop " + account, account.dropIfThere(), null));
        OperationInfo grant = OperationInfo.changing("grant", Target.SOURCE, "let it replicate, and do nothing else");
        return StepDraft.of(
                new SqlOperation(create, account.create(ReplicationAccountStatements.Demand.TLS)),
                new SqlOperation(grant, account.grant()));
    }

    private static Look seeUser(LiveContext context) {
        ReplicationAccountStatements account = ReplicationAccountStatements.of(context.account());
        return account.find(context.sourceSession())
                .map(found -> found.replicates()
                        ? Look.done(account + " is there")
                        : missing(context, account + " may not replicate", "grant"))
                .orElseGet(() -> missing(context, account + " is not there", "create-user", "grant"));
    }

    // Where the snapshot stands is known only during the run: coordinates are holes, as passwords are.
    private static StepDraft point(StepContext context) {
        if (context.alreadyReplicating()) {
            return StepDraft.of(call("start"));
        }
        if (context.positioning() == Positioning.GTID) {
            return refused("follows file and position only", "Add withBinlogPosition() to the plan");
        }
        if (!context.replication().scope().equals(Scope.EVERYTHING)) {
            return refused("has no replication filter", "Make a plan about all databases");
        }
        Statement call = Sql.text("CALL mysql.harbor_set_source(")
                .literal(context.sourceAsSeenByReplica().host())
                .text(", ")
                .literal(context.account().user())
                .text(", ")
                .secret(OperationSecret.REPLICATION_PASSWORD)
                .text(", ")
                .coordinates(SNAPSHOT_COORDINATES, FILE)
                .text(", ")
                .coordinates(SNAPSHOT_COORDINATES, POSITION)
                .text(")")
                .build();
        OperationInfo point = OperationInfo.changing("set-source", Target.REPLICA, "point the replica at the source")
                .undoneBy(new Undo(UndoScope.ROLLBACK, "forget the source", Statement.of(RESET), null));
        return StepDraft.of(new ProcedureOperation(point, "harbor_set_source", call), call("start"));
    }

    private static Operation call(String what) {
        OperationInfo info = OperationInfo.changing(what, Target.REPLICA, what + " replication");
        return new ProcedureOperation(info, "harbor_" + what, Statement.of("CALL mysql.harbor_" + what + "()"));
    }

    // A look is the only judge of what is done: never what a call has returned.
    private static Look seeRunning(LiveContext context) {
        Optional<ReplicaStatus> status = status(context);
        if (status.isEmpty()) {
            return Look.missing("no source is configured", context.step().operations());
        }
        boolean runs = status.get().health() == ReplicaHealth.RUNNING;
        return runs
                ? Look.done("replication runs")
                : missing(context, status.get().reason(), "start");
    }

    private static Look seeStopped(LiveContext context) {
        // Both halves: a receiver that still connects fetches on, and logs in with the account that is dropped next.
        Optional<ReplicaStatus> running = status(context)
                .filter(one -> one.receiver().state() != ReceiverState.STOPPED
                        || one.applier().isRunning());
        return running.map(one -> missing(context, one.reason(), "stop")).orElseGet(() -> Look.done("it stands still"));
    }

    private static Look seeNoSource(LiveContext context) {
        return status(context)
                .map(one -> missing(context, "a source is configured", "reset"))
                .orElseGet(() -> Look.done("no source is configured"));
    }

    private static Optional<ReplicaStatus> status(LiveContext context) {
        return ReplicaStatusReader.readDefault(
                context.replicaSession(), Dialect.of(context.replica().version()));
    }

    private static Look missing(LiveContext context, String evidence, String... ids) {
        List<String> wanted = List.of(ids);
        return Look.missing(
                evidence,
                context.step().operations().stream()
                        .filter(one -> wanted.contains(one.id()))
                        .toList());
    }
}
