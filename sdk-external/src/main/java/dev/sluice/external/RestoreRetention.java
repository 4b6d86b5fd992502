// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.SharedRetention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The source's retention after a replication has ended: what the plan says that it was before, or MySQL's default. A server keeps no
 * record of what it was, so that without a word of the plan nothing is set, and the preview says how to.
 */
final class RestoreRetention implements Step {
    private static final String RESTORE = "restore-retention";
    private static final String FORGET = "forget-persisted-retention";

    @Override
    public StepKey key() {
        return ExternalEngine.key("restore-retention");
    }

    @Override
    public GuideStep row() {
        return GuideStep.RESTORE_RETENTION;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Retention now = Retention.of(context.source());
        Optional<Duration> wanted = context.end().retention();
        if (wanted.filter(time -> time.compareTo(now.setting().longest()) > 0).isPresent()) {
            return tooLong(now, wanted.get());
        }
        Optional<Setting> target = target(context.end(), now);
        if (target.isEmpty()) {
            return StepDraft.nothing("The source keeps its binary logs " + now
                    + ". What it was before the replication is in the journal of the run that set it up; to set it, say"
                    + " restoreRetention(…) in the plan, or: "
                    + Dialect.of(context.source().version()).setGlobal(now.variable(), "<value>"));
        }
        StepDraft draft = draft(context.end(), target.get());
        return draft.operations().isEmpty() ? draft : attached(context, draft);
    }

    private static StepDraft tooLong(Retention now, Duration wanted) {
        return StepDraft.impossible(Problem.of(
                ExternalErrorCode.RETENTION_TOO_LONG,
                "The source cannot keep its binary logs for " + Retention.inHours(wanted) + ": " + now.variable()
                        + " ends at " + Retention.inHours(now.setting().longest())));
    }

    /** Empty if the plan leaves the retention. */
    private static Optional<Setting> target(EndPlan end, Retention now) {
        if (end.restoresDefaultRetention()) {
            return Optional.of(
                    new Setting(now.source(), now.variable(), now.setting().usual()));
        }
        return end.retention().map(now::settingFor);
    }

    private static StepDraft draft(EndPlan end, Setting target) {
        boolean isSo = target.server()
                .variable(target.variable())
                .filter(target.value()::equals)
                .isPresent();
        boolean forgets = end.restoresDefaultRetention() && target.isPersisted();
        if (isSo && !forgets) {
            return StepDraft.nothing("The source has the retention already: " + target.optionLine() + ".");
        }
        OperationInfo info = OperationInfo.changing(RESTORE, Target.SOURCE, "restore the retention of before");
        for (Undo undo : target.undos(UndoScope.ROLLBACK)) {
            info = info.undoneBy(undo);
        }
        StepDraft draft = StepDraft.of(new SqlOperation(
                        info, end.restoresDefaultRetention() ? target.notPersisting() : target.statement()))
                .needs(target.privilege(Target.SOURCE));
        return forgets
                ? draft.and(new SqlOperation(
                        OperationInfo.changing(FORGET, Target.SOURCE, "leave nothing persisted"), target.forgetting()))
                : draft;
    }

    private static StepDraft attached(StepContext context, StepDraft draft) {
        List<Long> others = context.source().attachedReplicas().stream()
                .filter(id -> id != context.replica().serverId())
                .toList();
        return others.isEmpty()
                ? draft
                : draft.note("Other replicas follow the source and need its logs, too: server ids " + others + ".");
    }

    @Override
    public Look look(LiveContext context) {
        if (context.step().operations().isEmpty()) {
            return Look.done("the retention is left as it is: " + Retention.of(context.source()));
        }
        if (SharedRetention.isNeeded(context.sourceSession())) {
            return Look.done("the retention is left to another run, which needs the source's binary logs");
        }
        Setting target = target(context.end(), Retention.of(context.source())).orElseThrow();
        String now = Long.toString(RetentionNow.read(context.sourceSession(), target.variable()));
        List<String> missing = new ArrayList<>();
        if (!now.equals(target.value())) {
            missing.add(RESTORE);
        }
        if (context.end().restoresDefaultRetention()
                && target.isPersisted()
                && context.sourceSession()
                        .queryValue(PersistedVariables.query(target.variable()))
                        .isPresent()) {
            missing.add(FORGET);
        }
        String evidence = target.variable() + "=" + now;
        return missing.isEmpty() ? Look.done(evidence) : StepLook.missing(context, evidence, missing);
    }
}
