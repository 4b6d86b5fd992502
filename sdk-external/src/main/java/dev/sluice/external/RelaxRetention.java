// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

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
import dev.sluice.core.mysql.SharedRetention;
import java.util.List;
import java.util.Optional;

/**
 * The raised retention goes down to what replication needs, once the replica has caught up, and only if it is still the value that
 * the run has set.
 */
final class RelaxRetention implements Step {
    private static final String RELAX = "relax-retention";
    private static final String FORGET = "forget-persisted-retention";

    @Override
    public StepKey key() {
        return ExternalEngine.key("relax-retention");
    }

    @Override
    public GuideStep row() {
        return GuideStep.RELAX_RETENTION;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Optional<RetentionRaise> raise = RetentionRaise.of(context);
        if (raise.isEmpty()) {
            return StepDraft.nothing("The retention was not raised, so that there is nothing to relax.");
        }
        if (raise.get().staysRaised()) {
            return StepDraft.nothing("The raised retention is the one that the plan keeps while it replicates.");
        }
        return relax(raise.get());
    }

    private static StepDraft relax(RetentionRaise raise) {
        Setting relaxed = raise.relaxed();
        OperationInfo info = OperationInfo.changing(
                RELAX,
                Target.SOURCE,
                raise.goesBack() ? "restore the retention of before" : "lower the retention to what replication needs");
        for (Undo undo : raise.goesBack() ? List.<Undo>of() : relaxed.undos(UndoScope.ROLLBACK)) {
            info = info.undoneBy(RetentionRaise.unlessNeeded(undo));
        }
        StepDraft draft = StepDraft.of(
                        new SqlOperation(info, raise.goesBack() ? relaxed.restoring() : relaxed.statement()))
                .needs(relaxed.privilege(Target.SOURCE))
                .note(
                        "It is lowered when the replica has applied what the source had when the step began, and only if nobody else has set it"
                                + " meanwhile.");
        return raise.goesBack() && relaxed.forgets()
                ? draft.and(new SqlOperation(
                        OperationInfo.changing(FORGET, Target.SOURCE, "leave nothing persisted that was not before"),
                        relaxed.forgetting()))
                : draft;
    }

    @Override
    public Look look(LiveContext context) {
        if (context.step().operations().isEmpty()) {
            return Look.done("there is nothing to relax");
        }
        RetentionRaise raise = RetentionRaise.of(context).orElseThrow();
        String variable = raise.raised().variable();
        String now = Long.toString(RetentionNow.read(context.sourceSession(), variable));
        String evidence = variable + "=" + now;
        if (now.equals(raise.raised().value())) {
            if (SharedRetention.isNeeded(context.sourceSession())) {
                return Look.done(evidence + " is left, since another run needs the source's binary logs");
            }
            return context.replicaBehind()
                    .map(why -> Look.unknown(evidence + ", waiting for the replica: " + why))
                    .orElseGet(() -> StepLook.missingAll(context, evidence));
        }
        if (now.equals(raise.relaxed().value())) {
            return forgotten(context, raise, evidence);
        }
        return Look.done(evidence + " was set by somebody else and is left as it is");
    }

    private static Look forgotten(LiveContext context, RetentionRaise raise, String evidence) {
        boolean persisted = raise.goesBack()
                && raise.relaxed().forgets()
                && context.sourceSession()
                        .queryValue(PersistedVariables.query(raise.raised().variable()))
                        .filter(raise.raised().value()::equals)
                        .isPresent();
        return persisted
                ? StepLook.missing(context, evidence + ", the raised value is still persisted", List.of(FORGET))
                : Look.done(evidence);
    }
}
