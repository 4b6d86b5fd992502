// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.catalog.CatalogStatements;
import dev.sluice.core.copy.CopyStatements;
import dev.sluice.core.mysql.UnloggedSession;
import dev.sluice.core.snapshot.SnapshotStatements;
import java.util.ArrayList;
import java.util.List;

/** Copies structure and rows from a server that stands still at coordinates which are known already. */
final class LoadFromStillServer implements Step {
    private static final String OPEN = "open-snapshots";

    @Override
    public StepKey key() {
        return CoreSteps.key("load-from-still-server");
    }

    @Override
    public GuideStep row() {
        return GuideStep.LOAD;
    }

    @Override
    public StepDraft compile(StepContext context) {
        ReplicationPlan plan = context.replication();
        return StepDraft.of(open(plan), copy(plan, UnloggedSession.statement(context.replica())))
                .note(
                        "Nothing is locked: the server that the rows are read from stands still, before the snapshots open and after.")
                .note("The statements are templates: each is sent for every object that it fits, in any order.")
                .note("On cancel, the databases and tables that the copy created are dropped again.")
                .note("Events arrive disabled on the replica.");
    }

    private static Operation open(ReplicationPlan plan) {
        List<String> templates = new ArrayList<>(CatalogStatements.templates());
        templates.addAll(SnapshotStatements.stillTemplates());
        return new SnapshotOperation(
                OperationInfo.reading(OPEN, Target.SEED, "open snapshots, and see that the server stands still"),
                List.of(),
                plan.lockWindow(),
                templates);
    }

    private static Operation copy(ReplicationPlan plan, String unlogging) {
        return new CopyOperation(
                OperationInfo.changing("copy", Target.BOTH, "copy structure and rows of " + plan.scope()),
                plan.copyMethod(),
                plan.scope(),
                CopyStatements.templates(unlogging));
    }

    @Override
    public Look look(LiveContext context) {
        CoreLive live = (CoreLive) context;
        List<Operation> operations = live.step().operations();
        if (live.isLoaded()) {
            live.requireLoadStays();
            return Look.done("every row that was sent was confirmed by the replica");
        }
        return live.snapshotIsOpen()
                ? Look.missing(
                        "the rows are not on the replica",
                        operations.stream()
                                .filter(one -> !one.id().equals(OPEN))
                                .toList())
                : Look.missing("no snapshot is open", operations);
    }
}
