// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
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
import java.util.OptionalLong;

/**
 * The source keeps its binary logs as long as the plan asks for, until the replica has caught up. The retention is raised only,
 * never lowered here.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html">MySQL:
 *     binlog_expire_logs_seconds</a>
 */
final class RetainBinlogs implements Step {
    private static final String RAISE = "raise-retention";

    @Override
    public StepKey key() {
        return ExternalEngine.key("retain-binlogs");
    }

    @Override
    public GuideStep row() {
        return GuideStep.RETAIN_BINLOGS;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Retention before = Retention.of(context.source());
        Optional<Duration> wanted = context.replication().binlogRetention();
        if (wanted.isPresent() && wanted.get().compareTo(before.setting().longest()) > 0) {
            return tooLong(before, wanted.get());
        }
        return RetentionRaise.of(context)
                .map(raise -> raise(raise.raised()))
                .orElseGet(() -> StepDraft.nothing(whyNothing(context, before)));
    }

    private static StepDraft tooLong(Retention before, Duration wanted) {
        return StepDraft.impossible(Problem.of(
                ExternalErrorCode.RETENTION_TOO_LONG,
                "The source cannot keep its binary logs for " + Retention.inHours(wanted) + ": " + before.variable()
                        + " ends at " + Retention.inHours(before.setting().longest()),
                "Ask for less by retainBinlogs(…), or set " + before.variable() + " to 0, which keeps them for ever"));
    }

    private static StepDraft raise(Setting raised) {
        OperationInfo info = OperationInfo.changing(
                RAISE, Target.SOURCE, "keep binary logs on the source until the replica has caught up");
        for (Undo undo : raised.undos(UndoScope.TEMPORARY)) {
            info = info.undoneBy(RetentionRaise.unlessNeeded(undo));
        }
        StepDraft draft = StepDraft.of(new SqlOperation(info, raised.statement()))
                .needs(raised.privilege(Target.SOURCE))
                .note(
                        "Binary logs take more room on the source's disk meanwhile; files that were removed already do not"
                                + " come back.");
        for (String note : raised.notes()) {
            draft = draft.note(note);
        }
        return draft;
    }

    @Override
    public OptionalLong sharedBefore(StepContext context) {
        boolean needsLogs = context.replication().binlogRetention().isPresent() && !context.alreadyReplicating();
        return needsLogs
                ? OptionalLong.of(RetentionOfOthers.told(Retention.of(context.source())))
                : OptionalLong.empty();
    }

    private static String whyNothing(StepContext context, Retention before) {
        if (context.alreadyReplicating()) {
            return "The replica follows the source already, so that nothing is raised.";
        }
        return context.replication().binlogRetention().isEmpty()
                ? "The plan asks for no retention; the source keeps its binary logs " + before + "."
                : "The source keeps its binary logs long enough: " + before + ".";
    }

    @Override
    public Look look(LiveContext context) {
        Optional<RetentionRaise> raise = RetentionRaise.of(context);
        if (raise.isEmpty()) {
            return Look.done(whyNothing(context, Retention.of(context.source())));
        }
        Setting raised = raise.get().raised();
        long now = RetentionNow.read(context.sourceSession(), raised.variable());
        String evidence = raised.variable() + "=" + now;
        return now == 0 || now >= Long.parseLong(raised.value())
                ? Look.done(evidence)
                : StepLook.missing(context, evidence, List.of(RAISE));
    }
}
