// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.HeartbeatPlan;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.monitor.HeartbeatStatements;
import java.util.List;

/** The table for heartbeats is there on the source; the replica gets it by replication, or by the copy. */
final class CreateHeartbeat implements Step {
    private static final String DATABASE = "create-database";
    private static final String TABLE = "create-table";

    @Override
    public StepKey key() {
        return CoreSteps.key("create-heartbeat");
    }

    @Override
    public GuideStep row() {
        return GuideStep.CREATE_HEARTBEAT;
    }

    @Override
    public StepDraft compile(StepContext context) {
        StepDraft draft = StepDraft.of(database(), table())
                .note(
                        "Each monitor that is asked to then writes a row of its own, every second unless it is told otherwise, and removes it"
                                + " when it is closed: "
                                + HeartbeatStatements.beat("<monitor>", "<number>") + "; "
                                + HeartbeatStatements.forget("<monitor>"));
        for (Problem problem : HeartbeatRules.outOfScope(context.replication())) {
            draft = draft.problem(problem);
        }
        return draft;
    }

    private static SqlOperation database() {
        return new SqlOperation(
                info(
                        DATABASE,
                        "make the database " + HeartbeatPlan.DATABASE + " for heartbeats",
                        new Undo(
                                UndoScope.ROLLBACK,
                                "drop the database " + HeartbeatPlan.DATABASE,
                                HeartbeatStatements.dropDatabase(),
                                new Undo.OnlyIf(HeartbeatStatements.countOthers(), "0"))),
                HeartbeatStatements.createDatabase());
    }

    private static SqlOperation table() {
        return new SqlOperation(
                info(
                        TABLE,
                        "make the table " + HeartbeatPlan.TABLE,
                        new Undo(
                                UndoScope.ROLLBACK,
                                "drop the table " + HeartbeatPlan.TABLE,
                                HeartbeatStatements.dropTable(),
                                null)),
                HeartbeatStatements.createTable());
    }

    private static OperationInfo info(String id, String purpose, Undo undo) {
        return new OperationInfo(id, Target.SOURCE, purpose, Change.CHANGES, List.of(undo), Consent.HEARTBEAT);
    }

    @Override
    public Look look(LiveContext context) {
        ServerSession source = context.sourceSession();
        if (isThere(source, HeartbeatStatements.countTable())) {
            return Look.done(HeartbeatPlan.TABLE + " is there");
        }
        boolean hasDatabase = isThere(source, HeartbeatStatements.countDatabase());
        List<Operation> missing = context.step().operations().stream()
                .filter(operation -> !hasDatabase || operation.id().equals(TABLE))
                .toList();
        return Look.missing(HeartbeatPlan.TABLE + " is not there", missing);
    }

    static boolean isThere(ServerSession session, String count) {
        return session.queryValue(count).filter(found -> !found.equals("0")).isPresent();
    }
}
