// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.SnapshotLimits;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.catalog.CatalogStatements;
import dev.sluice.core.dump.DumpPrograms;
import dev.sluice.core.snapshot.SnapshotStatements;
import dev.sluice.core.snapshot.SnapshotWatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens snapshots of the source and finds out where in its binary log they stand. */
final class TakeSnapshot implements Step {
    private final List<LockKind> locks;
    private final DumpPrograms programs;

    /** @param programs those that copy where the plan says so */
    TakeSnapshot(List<LockKind> locks, DumpPrograms programs) {
        this.locks = locks;
        this.programs = programs;
    }

    @Override
    public StepKey key() {
        return CoreSteps.key("take-snapshot");
    }

    @Override
    public GuideStep row() {
        return GuideStep.SNAPSHOT;
    }

    @Override
    public StepDraft compile(StepContext context) {
        if (context.alreadyReplicating()) {
            return StepDraft.nothing("The replica follows this source already: no snapshot is taken.");
        }
        ReplicationPlan plan = context.replication();
        List<String> templates = new ArrayList<>(CatalogStatements.templates());
        if (plan.copyMethod() == CopyMethod.IN_PROCESS) {
            templates.addAll(SnapshotStatements.templates(locks));
            return draft(plan, lockNeeds(context), templates);
        }
        templates.addAll(SnapshotStatements.lockTemplates(locks));
        templates.addAll(programs.snapshotTemplates());
        StepDraft draft = draft(plan, null, templates);
        for (Problem problem : programs.problems(plan)) {
            draft = draft.problem(problem);
        }
        return draft;
    }

    /** Where a replication is set up the lock is what everybody expects; for a repair of one table it is asked for. */
    private static @Nullable Consent lockNeeds(StepContext context) {
        return context.plan() instanceof CopyTablePlan ? Consent.TABLE_COPY_LOCK : null;
    }

    private StepDraft draft(ReplicationPlan plan, @Nullable Consent consent, List<String> templates) {
        return StepDraft.of(new SnapshotOperation(
                        new OperationInfo(
                                "open-snapshots",
                                Target.SOURCE,
                                "open snapshots of one instant and read their coordinates",
                                Change.NOTHING,
                                List.of(),
                                consent),
                        locks,
                        plan.lockWindow(),
                        templates))
                .note("Writers on the source wait while the snapshots open: at most "
                        + plan.lockWindow().toSeconds()
                        + " s an attempt, usually "
                        + (plan.copyMethod() == CopyMethod.MYSQLDUMP
                                ? "some tenths of a second, until mysqldump's transaction shows"
                                : "some milliseconds")
                        + (locks.contains(LockKind.TABLE_WRITE_LOCKS)
                                ? "; with LOCK TABLES … WRITE readers of these tables wait as well."
                                : "."))
                .note(
                        "Tables must not be altered until they are copied; an ALTER of one still to be read fails the run.")
                .note(limits(plan.snapshotLimits()));
    }

    private static String limits(SnapshotLimits limits) {
        return "While the snapshots are open, the source is asked every " + SnapshotWatch.EVERY.toSeconds()
                + " s for the length of its undo history: the copy ends after "
                + limits.maxAge().toMinutes() + " minutes, or at " + limits.maxHistory() + " entries.";
    }

    @Override
    public Look look(LiveContext context) {
        CoreLive live = (CoreLive) context;
        if (live.step().operations().isEmpty()) {
            return Look.done("the replica follows this source already");
        }
        if (live.isLoaded() || live.snapshotIsOpen()) {
            return Look.done("snapshots at "
                    + live.coordinates().map(c -> c.position().toString()).orElse("?"));
        }
        return Look.missing("no snapshot is open", live.step().operations());
    }
}
