// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.copy.CopyStatements;
import dev.sluice.core.copy.DumpStatements;
import dev.sluice.core.dump.DumpPrograms;
import dev.sluice.core.mysql.UnloggedSession;
import java.util.List;

/** Copies the snapshot's structure and rows to the replica. */
final class LoadSnapshot implements Step {
    private final DumpPrograms programs;

    /** @param programs those that copy where the plan says so */
    LoadSnapshot(DumpPrograms programs) {
        this.programs = programs;
    }

    @Override
    public StepKey key() {
        return CoreSteps.key("load-snapshot");
    }

    @Override
    public GuideStep row() {
        return GuideStep.LOAD;
    }

    @Override
    public StepDraft compile(StepContext context) {
        if (context.alreadyReplicating()) {
            return StepDraft.nothing("The replica follows this source already: nothing is copied.");
        }
        ReplicationPlan plan = context.replication();
        if (context.plan() instanceof CopyTablePlan copy) {
            return beside(copy, context);
        }
        return plan.copyMethod() == CopyMethod.MYSQLDUMP
                ? draft(
                        plan,
                        DumpStatements.templates(programs),
                        "mysqldump and mysql run on this host; the statements that they send are theirs and not listed.")
                : draft(
                        plan,
                        CopyStatements.templates(UnloggedSession.statement(context.replica())),
                        "The statements are templates: each is sent for every object that it fits, in any order.");
    }

    private static StepDraft beside(CopyTablePlan plan, StepContext context) {
        return StepDraft.of(new CopyOperation(
                        OperationInfo.changing(
                                "copy",
                                Target.BOTH,
                                "copy " + plan.table() + " beside the one that is there, into the database "
                                        + plan.copyDatabase()),
                        CopyMethod.IN_PROCESS,
                        plan.ofTable().scope(),
                        CopyStatements.templates(UnloggedSession.statement(context.replica()))))
                .note("On cancel, and where the copy does not come to its end, what it made is dropped again.");
    }

    private static StepDraft draft(ReplicationPlan plan, List<String> templates, String aboutThem) {
        return StepDraft.of(new CopyOperation(
                        OperationInfo.changing("copy", Target.BOTH, "copy structure and rows of " + plan.scope()),
                        plan.copyMethod(),
                        plan.scope(),
                        templates))
                .note(aboutThem)
                .note("On cancel, the databases and tables that the copy created are dropped again.")
                .note("Events arrive disabled on the replica.");
    }

    @Override
    public Look look(LiveContext context) {
        CoreLive live = (CoreLive) context;
        if (live.step().operations().isEmpty()) {
            return Look.done("the replica follows this source already");
        }
        if (!live.isLoaded()) {
            return Look.missing(
                    "the snapshot is not on the replica", live.step().operations());
        }
        live.requireLoadStays();
        return Look.done("every row that was sent was confirmed by the replica");
    }
}
