// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.rds.managed.ManagedWish.KeepByReadReplica;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The source keeps its binary logs as long as the plan asks for, until the replica has caught up. The retention is raised only, never
 * lowered here.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-configuring.html">AWS:
 *     mysql.rds_set_configuration</a>
 */
final class RetainBinlogs implements Step {
    private static final String RAISE = "raise-retention";

    private final ManagedKind kind;

    RetainBinlogs(ManagedKind kind) {
        this.kind = kind;
    }

    @Override
    public StepKey key() {
        return kind.key("retain-binlogs");
    }

    @Override
    public GuideStep row() {
        return GuideStep.RETAIN_BINLOGS;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Optional<Duration> wanted = context.replication().binlogRetention();
        boolean keptOtherwise =
                kind.sourceWish(context, KeepByReadReplica.class).isPresent();
        if (!keptOtherwise
                && wanted.filter(time -> time.toHours() > kind.mostRetentionHours())
                        .isPresent()) {
            return StepDraft.impossible(Problem.of(
                    ManagedErrorCode.RETENTION_OUT_OF_RANGE,
                    "The source cannot keep its binary logs for " + wanted.get().toHours() + " h: " + kind.name()
                            + " takes 1 to " + kind.mostRetentionHours()));
        }
        return RetentionRaise.of(context, kind)
                .map(raise -> raise(context, raise))
                .orElseGet(() -> StepDraft.nothing(whyNothing(context)));
    }

    private static StepDraft raise(StepContext context, RetentionRaise raise) {
        OperationInfo info = OperationInfo.changing(
                        RAISE, Target.SOURCE, "keep binary logs on the source until the replica has caught up")
                .undoneBy(raise.undo(
                        UndoScope.TEMPORARY,
                        ShortRetention.isPossible(context, raise)
                                ? ShortRetention.query(raise)
                                : RetentionConfiguration.query(),
                        raise.raised()));
        StepDraft draft = StepDraft.of(new ProcedureOperation(
                        info, RetentionConfiguration.SET, RetentionConfiguration.set(Optional.of(raise.raised()))))
                .needs(ManagedDialect.execute(Target.SOURCE))
                .note(
                        "Binary logs take storage of the instance meanwhile; files that were removed already do not come back.");
        return ManagedDialect.of(context.source())
                .lacks(RetentionConfiguration.SET)
                .map(draft::problem)
                .orElse(draft);
    }

    @Override
    public OptionalLong sharedBefore(StepContext context) {
        boolean needsLogs = context.replication().binlogRetention().isPresent() && !context.alreadyReplicating();
        return needsLogs
                ? OptionalLong.of(RetentionConfiguration.told(RetentionConfiguration.retentionHours(context.source())))
                : OptionalLong.empty();
    }

    private static String whyNothing(StepContext context) {
        if (context.alreadyReplicating()) {
            return "The replica follows the source already, so that nothing is raised.";
        }
        String now = RetentionConfiguration.text(RetentionConfiguration.retentionHours(context.source()));
        return context.replication().binlogRetention().isEmpty()
                ? "The plan asks for no retention; the source keeps its binary logs " + now
                        + ", which is often less than a copy takes: retainBinlogs(…) is advised."
                : "The source keeps its binary logs long enough: " + now + ".";
    }

    @Override
    public Look look(LiveContext context) {
        Optional<RetentionRaise> raise = RetentionRaise.of(context, kind);
        if (raise.isEmpty()) {
            return Look.done(whyNothing(context));
        }
        Optional<Long> now = RetentionConfiguration.retentionHours(context.sourceSession());
        String evidence = "binlog retention hours=" + now.map(String::valueOf).orElse("NULL");
        if (ShortRetention.isPossible(context, raise.get())) {
            ShortRetention.requireNotCut(raise.get(), now);
        }
        return now.filter(hours -> hours >= raise.get().raised()).isPresent()
                ? Look.done(evidence)
                : StepLook.missing(context, evidence, List.of(RAISE));
    }
}
