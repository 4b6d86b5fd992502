// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.SharedRetention;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The source's retention after a replication has ended: what the plan says that it was before, or AWS's default, which is NULL. A server
 * keeps no record of what it was, so that without a word of the plan nothing is set, and the preview says how to.
 */
final class RestoreRetention implements Step {
    private static final String RESTORE = "restore-retention";
    private static final String NONE = "NULL";

    private final ManagedKind kind;

    RestoreRetention(ManagedKind kind) {
        this.kind = kind;
    }

    @Override
    public StepKey key() {
        return kind.key("restore-retention");
    }

    @Override
    public GuideStep row() {
        return GuideStep.RESTORE_RETENTION;
    }

    @Override
    public StepDraft compile(StepContext context) {
        EndPlan end = context.end();
        Optional<Long> now = RetentionConfiguration.retentionHours(context.source());
        if (end.retention().isEmpty() && !end.restoresDefaultRetention()) {
            return StepDraft.nothing("The source keeps its binary logs " + RetentionConfiguration.text(now)
                    + ". What it was before the replication is in the journal of the run that set it up; to set it, say"
                    + " restoreRetention(…) or restoreDefaultRetention() in the plan. The default is "
                    + RetentionConfiguration.set(Optional.empty()).preview());
        }
        Optional<Long> wanted = wanted(end);
        if (wanted.filter(hours -> hours > kind.mostRetentionHours()).isPresent()) {
            return StepDraft.impossible(Problem.of(
                    ManagedErrorCode.RETENTION_OUT_OF_RANGE,
                    "The source cannot keep its binary logs for " + wanted.get() + " h: " + kind.name() + " takes 1 to "
                            + kind.mostRetentionHours()));
        }
        return now.equals(wanted)
                ? StepDraft.nothing("The source has the retention already: " + RetentionConfiguration.text(now) + ".")
                : restoring(context, now, wanted);
    }

    /** Empty for the default. */
    private static Optional<Long> wanted(EndPlan end) {
        return end.retention().map(RestoreRetention::hours);
    }

    /** Rounded up: logs are never kept for less than was asked. */
    private static long hours(Duration time) {
        long whole = time.toHours();
        return Duration.ofHours(whole).compareTo(time) < 0 ? whole + 1 : whole;
    }

    private static StepDraft restoring(StepContext context, Optional<Long> now, Optional<Long> wanted) {
        OperationInfo info = OperationInfo.changing(
                        RESTORE,
                        Target.SOURCE,
                        "restore the retention of before: " + RetentionConfiguration.text(wanted))
                .undoneBy(new Undo(
                        UndoScope.ROLLBACK,
                        "set the retention of binary logs again: " + RetentionConfiguration.text(now),
                        RetentionConfiguration.set(now),
                        new OnlyIf(RetentionConfiguration.queryNotNull(NONE), text(wanted))));
        StepDraft draft = StepDraft.of(
                        new ProcedureOperation(info, RetentionConfiguration.SET, RetentionConfiguration.set(wanted)))
                .needs(ManagedDialect.execute(Target.SOURCE));
        return ManagedDialect.of(context.source())
                .lacks(RetentionConfiguration.SET)
                .map(draft::problem)
                .orElse(draft);
    }

    private static String text(Optional<Long> hours) {
        return hours.map(String::valueOf).orElse(NONE);
    }

    @Override
    public Look look(LiveContext context) {
        if (context.step().operations().isEmpty()) {
            return Look.done("the retention is left as it is");
        }
        if (SharedRetention.isNeeded(context.sourceSession())) {
            return Look.done("the retention is left to another run, which needs the source's binary logs");
        }
        Optional<Long> now = RetentionConfiguration.retentionHours(context.sourceSession());
        String evidence = "binlog retention hours=" + text(now);
        return now.equals(wanted(context.end()))
                ? Look.done(evidence)
                : StepLook.missing(context, evidence, List.of(RESTORE));
    }
}
