// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
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

/** The table for heartbeats is gone from the source, and its database if nothing else is in it; the replica follows. */
final class RemoveHeartbeat implements Step {
    private static final String DATABASE = "drop-database";
    private static final String TABLE = "drop-table";

    @Override
    public StepKey key() {
        return CoreSteps.key("remove-heartbeat");
    }

    @Override
    public GuideStep row() {
        return GuideStep.REMOVE_HEARTBEAT;
    }

    @Override
    public StepDraft compile(StepContext context) {
        return StepDraft.of(
                        operation(TABLE, "drop the table " + HeartbeatPlan.TABLE, HeartbeatStatements.dropTable()),
                        operation(
                                DATABASE,
                                "drop the database " + HeartbeatPlan.DATABASE,
                                HeartbeatStatements.dropDatabase()))
                .note(
                        "The database stays if anything else is in it. Monitors that still write heartbeats say that they cannot any more.");
    }

    private static SqlOperation operation(String id, String purpose, Statement statement) {
        return new SqlOperation(
                new OperationInfo(id, Target.SOURCE, purpose, Change.CHANGES, List.of(), Consent.HEARTBEAT), statement);
    }

    @Override
    public Look look(LiveContext context) {
        ServerSession source = context.sourceSession();
        boolean hasTable = CreateHeartbeat.isThere(source, HeartbeatStatements.countTable());
        boolean hasDatabase = CreateHeartbeat.isThere(source, HeartbeatStatements.countDatabase());
        boolean hasOthers = CreateHeartbeat.isThere(source, HeartbeatStatements.countOthers());
        List<Operation> missing = context.step().operations().stream()
                .filter(operation -> operation.id().equals(TABLE) ? hasTable : hasDatabase && !hasOthers)
                .toList();
        if (!missing.isEmpty()) {
            return Look.missing(HeartbeatPlan.DATABASE + " is there", missing);
        }
        return Look.done(
                hasDatabase
                        ? "the table is gone; the database holds other tables and stays"
                        : "the table and its database are gone");
    }
}
