// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static dev.sluice.api.operation.OperationSecret.REPLICATION_PASSWORD;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Statement.CoordinatesHole.Field;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.Sql;
import java.util.Optional;

/**
 * The replica follows the source from the snapshot's coordinates on. Done by RDS's procedures, whose success is judged by the replica's
 * status: starting raises an error while the replica is still connecting, and stopping one when it stands still already.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Procedural.Importing.External.Repl.html">AWS: replication with
 *     a source outside of RDS</a>
 */
final class EnableReplication implements Step {
    static final String SET_EXTERNAL = "set-external-source";
    static final String STOP_HALF = "stop-what-half-runs";
    static final String START = "start-replication";

    @Override
    public StepKey key() {
        return RdsEngine.key("enable-replication");
    }

    @Override
    public GuideStep row() {
        return GuideStep.ENABLE_REPLICATION;
    }

    @Override
    public StepDraft compile(StepContext context) {
        StepDraft draft = context.alreadyReplicating() ? StepDraft.of() : configuring(context);
        draft = started(context, draft.needs(Procedures.execute(Target.REPLICA)));
        for (Problem problem : ReplicaRules.problems(context)) {
            draft = draft.problem(problem);
        }
        return draft.note("Procedures of RDS do not verify the source's certificate.")
                .note("Nothing is filtered: changes of accounts on the source reach the replica, too.");
    }

    private static StepDraft configuring(StepContext context) {
        Optional<Routine> set = Procedures.setExternal(context.replica());
        if (set.isEmpty()) {
            return StepDraft.impossible(Procedures.missing("rds_set_external_source", context.replica()));
        }
        OperationInfo info = OperationInfo.changing(
                SET_EXTERNAL, Target.REPLICA, "point the replica at the source, where the snapshot ends");
        Optional<Undo> undo = Procedures.resetExternal(context.replica()).map(reset -> undo(context, reset.name()));
        StepDraft draft = StepDraft.of(new ProcedureOperation(
                undo.map(info::undoneBy).orElse(info),
                set.get().name(),
                call(context, set.get().name())));
        return context.positioning() == Positioning.GTID
                ? draft.note(
                        "Both servers have GTIDs, but this replica cannot be told which of them the snapshot holds: it starts"
                                + " by file and position.")
                : draft;
    }

    private static Undo undo(StepContext context, String procedure) {
        return new Undo(
                UndoScope.ROLLBACK,
                "take the replication configuration off the replica",
                Statement.of("CALL mysql." + procedure),
                Channel.wantedBy(context).stillThere());
    }

    private static Statement call(StepContext context, String procedure) {
        return Sql.text("CALL mysql." + procedure + "(")
                .literal(context.sourceAsSeenByReplica().host())
                .text(", ")
                .number(context.sourceAsSeenByReplica().port())
                .text(", ")
                .literal(context.account().user())
                .text(", ")
                .secret(REPLICATION_PASSWORD)
                .text(", ")
                .coordinates(Slot.SNAPSHOT_COORDINATES, Field.FILE)
                .text(", ")
                .coordinates(Slot.SNAPSHOT_COORDINATES, Field.POSITION)
                .text(", ")
                .number(LinkEncryption.of(context).argument())
                .text(")")
                .build();
    }

    private static StepDraft started(StepContext context, StepDraft draft) {
        return draft.and(new ProcedureOperation(
                        OperationInfo.changing(STOP_HALF, Target.REPLICA, "stop replication, if only half of it runs"),
                        Procedures.STOP,
                        Statement.of("CALL mysql." + Procedures.STOP)))
                .and(new ProcedureOperation(
                        OperationInfo.changing(START, Target.REPLICA, "start replication")
                                .undoneBy(new Undo(
                                        UndoScope.ROLLBACK,
                                        "stop replication",
                                        Statement.of("CALL mysql." + Procedures.STOP),
                                        Channel.wantedBy(context).stillThere())),
                        Procedures.START,
                        Statement.of("CALL mysql." + Procedures.START)));
    }

    @Override
    public Look look(LiveContext context) {
        Dialect dialect = Dialect.of(context.replica().version());
        return ReplicaStatusReader.readDefault(context.replicaSession(), dialect)
                .map(status -> ChannelLook.configured(context, status))
                .orElseGet(() -> ChannelLook.notConfigured(context));
    }
}
