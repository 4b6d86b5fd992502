// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.ExactPosition;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.VerificationWay;
import dev.sluice.api.spi.ApplierStops;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.snapshot.SnapshotStatements;
import dev.sluice.core.verify.VerifyCode;
import dev.sluice.core.verify.VerifyStatements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares structure and rows on both servers, while replication goes on or at exactly one position, as the plan says. */
final class Verify implements Step {
    private final List<LockKind> locks;
    private final @Nullable ApplierStops stops;

    /**
     * A step that is to be compiled.
     *
     * @param locks how writers on the source may be held up
     * @param stops how the replica's applier is stopped at one position; null where it cannot be
     */
    Verify(List<LockKind> locks, @Nullable ApplierStops stops) {
        this.locks = List.copyOf(locks);
        this.stops = stops;
    }

    /** A step that was compiled before. */
    Verify() {
        this(List.of(), null);
    }

    @Override
    public StepKey key() {
        return CoreSteps.key("verify");
    }

    @Override
    public GuideStep row() {
        return GuideStep.VERIFY;
    }

    @Override
    public StepDraft compile(StepContext context) {
        return context.replication().verificationWay() == VerificationWay.LIVE ? live(context) : exact(context);
    }

    private static StepDraft live(StepContext context) {
        ReplicationPlan plan = context.replication();
        return StepDraft.of(new VerifyOperation(
                        OperationInfo.reading("compare", Target.BOTH, "compare structure and rows of " + plan.scope()),
                        plan.scope(),
                        VerifyStatements.templates()))
                .note(
                        "Reads only, on both servers, while replication goes on; rows that differ are looked at again after the"
                                + " replica has passed the source's position of that moment.");
    }

    /** What cannot be done at one position is refused, and never done in the other way. */
    private StepDraft exact(StepContext context) {
        Optional<Problem> refusal = refusal(context);
        ApplierStops known = stops;
        if (refusal.isPresent() || known == null) {
            return StepDraft.impossible(refusal.orElseGet(Verify::unknown));
        }
        ReplicationPlan plan = context.replication();
        StepDraft draft = StepDraft.of(new VerifyOperation(
                        new OperationInfo(
                                "compare",
                                Target.BOTH,
                                "hold up writers on the source and stop the replica's applier, to compare structure and rows of "
                                        + plan.scope() + " at one position",
                                Change.CHANGES,
                                List.of(),
                                Consent.VERIFICATION_LOCK),
                        plan.scope(),
                        VerifyStatements.templates(),
                        new ExactPosition(locks, plan.lockWindow(), known.statements(context), templates())))
                .note("Writers on the source wait while snapshots open: at most "
                        + plan.lockWindow().toSeconds()
                        + " s an attempt, usually some milliseconds.")
                .note(
                        "The replica's applier stands still until it was run to exactly the position of these snapshots; it is started"
                                + " again on every exit, and before the rows are compared.");
        for (RequiredPrivilege privilege : known.privileges(context)) {
            draft = draft.needs(privilege);
        }
        return draft;
    }

    private Optional<Problem> refusal(StepContext context) {
        return stops == null ? Optional.of(unknown()) : stops.refusal(context);
    }

    private static Problem unknown() {
        return Problem.of(VerifyCode.NOT_EXACT, "Nobody knows how to stop the applier of such a replica at a position");
    }

    private List<String> templates() {
        List<String> templates = new ArrayList<>(SnapshotStatements.templates(locks));
        templates.addAll(SnapshotStatements.stillTemplates());
        return templates.stream().distinct().toList();
    }

    @Override
    public Look look(LiveContext context) {
        CoreLive live = (CoreLive) context;
        return live.verification()
                .filter(VerificationReport::isClean)
                .map(report -> Look.done(report.tables().size() + " tables and " + report.rows() + " rows are equal"
                        + report.at()
                                .map(at -> " at " + at.coordinates().position())
                                .orElse("")))
                .orElseGet(() ->
                        Look.missing("not compared in this run", live.step().operations()));
    }
}
