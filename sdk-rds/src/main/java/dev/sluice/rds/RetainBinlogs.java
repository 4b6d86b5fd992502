// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The source keeps its binary logs as long as the plan asks for, until the replica has caught up. The retention is raised only, never
 * lowered here.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-configuring.html">AWS:
 *     mysql.rds_set_configuration</a>
 */
final class RetainBinlogs implements Step {
    private static final String RAISE = "raise-retention";

    @Override
    public StepKey key() {
        return RdsEngine.key("retain-binlogs");
    }

    @Override
    public GuideStep row() {
        return GuideStep.RETAIN_BINLOGS;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Optional<Duration> wanted = context.replication().binlogRetention();
        if (wanted.filter(time -> time.toHours() > RdsConfiguration.MOST_HOURS).isPresent()) {
            return StepDraft.impossible(Problem.of(
                    RdsErrorCode.RETENTION_OUT_OF_RANGE,
                    "The source cannot keep its binary logs for " + wanted.get().toHours() + " h: RDS takes 1 to "
                            + RdsConfiguration.MOST_HOURS));
        }
        return RetentionRaise.of(context)
                .map(raise -> raise(context, raise))
                .orElseGet(() -> StepDraft.nothing(whyNothing(context)));
    }

    private static StepDraft raise(StepContext context, RetentionRaise raise) {
        OperationInfo info = OperationInfo.changing(
                        RAISE, Target.SOURCE, "keep binary logs on the source until the replica has caught up")
                .undoneBy(new Undo(
                        UndoScope.TEMPORARY,
                        "restore the retention of binary logs: " + RdsConfiguration.text(raise.before()),
                        RdsConfiguration.set(raise.before()),
                        new OnlyIf(RdsConfiguration.query(), Long.toString(raise.raised()))));
        StepDraft draft = StepDraft.of(new ProcedureOperation(
                        info, RdsConfiguration.SET, RdsConfiguration.set(Optional.of(raise.raised()))))
                .needs(Procedures.execute(Target.SOURCE))
                .note(
                        "Binary logs take storage of the instance meanwhile; files that were removed already do not come back.");
        return Procedures.missing(context.source(), RdsConfiguration.SET)
                .map(draft::problem)
                .orElse(draft);
    }

    private static String whyNothing(StepContext context) {
        if (context.alreadyReplicating()) {
            return "The replica follows the source already, so that nothing is raised.";
        }
        String now = RdsConfiguration.text(RdsConfiguration.retentionHours(context.source()));
        return context.replication().binlogRetention().isEmpty()
                ? "The plan asks for no retention; the source keeps its binary logs " + now
                        + ", which is often less than a copy takes: retainBinlogs(…) is advised."
                : "The source keeps its binary logs long enough: " + now + ".";
    }

    @Override
    public Look look(LiveContext context) {
        Optional<RetentionRaise> raise = RetentionRaise.of(context);
        if (raise.isEmpty()) {
            return Look.done(whyNothing(context));
        }
        Optional<Long> now = RdsConfiguration.retentionHours(context.sourceSession());
        String evidence = "binlog retention hours=" + now.map(String::valueOf).orElse("NULL");
        return now.filter(hours -> hours >= raise.get().raised()).isPresent()
                ? Look.done(evidence)
                : StepLook.missing(context, evidence, List.of(RAISE));
    }
}
