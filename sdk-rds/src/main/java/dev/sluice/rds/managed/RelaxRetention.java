// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

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
import dev.sluice.core.mysql.SharedRetention;
import java.util.List;
import java.util.Optional;

/** The raised retention goes down to what replication needs, once the replica has caught up, and only if it is still what the run has set. */
final class RelaxRetention implements Step {
    private static final String RELAX = "relax-retention";

    private final ManagedKind kind;

    RelaxRetention(ManagedKind kind) {
        this.kind = kind;
    }

    @Override
    public StepKey key() {
        return kind.key("relax-retention");
    }

    @Override
    public GuideStep row() {
        return GuideStep.RELAX_RETENTION;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Optional<RetentionRaise> raise = RetentionRaise.of(context, kind);
        if (raise.isEmpty()) {
            return StepDraft.nothing("The retention was not raised, so that there is nothing to relax.");
        }
        if (raise.get().raised() == raise.get().relaxed()) {
            return StepDraft.nothing("The raised retention is the one that the plan keeps while it replicates.");
        }
        return StepDraft.of(new ProcedureOperation(
                        OperationInfo.changing(RELAX, Target.SOURCE, "lower the retention to what replication needs")
                                .undoneBy(raise.get()
                                        .undo(
                                                UndoScope.ROLLBACK,
                                                RetentionConfiguration.query(),
                                                raise.get().relaxed())),
                        RetentionConfiguration.SET,
                        RetentionConfiguration.set(Optional.of(raise.get().relaxed()))))
                .needs(ManagedDialect.execute(Target.SOURCE))
                .note(
                        "It is lowered when the replica has applied what the source had when the step began, and only if nobody else has set it"
                                + " meanwhile.");
    }

    @Override
    public Look look(LiveContext context) {
        if (context.step().operations().isEmpty()) {
            return Look.done("there is nothing to relax");
        }
        RetentionRaise raise = RetentionRaise.of(context, kind).orElseThrow();
        Optional<Long> now = RetentionConfiguration.retentionHours(context.sourceSession());
        String evidence = "binlog retention hours=" + now.map(String::valueOf).orElse("NULL");
        if (now.filter(hours -> hours == raise.raised()).isPresent()) {
            if (SharedRetention.isNeeded(context.sourceSession())) {
                return Look.done(evidence + " is left, since another run needs the source's binary logs");
            }
            return context.replicaBehind()
                    .map(why -> Look.unknown(evidence + ", waiting for the replica: " + why))
                    .orElseGet(() -> StepLook.missing(context, evidence, List.of(RELAX)));
        }
        return Look.done(
                now.filter(hours -> hours == raise.relaxed()).isPresent()
                        ? evidence
                        : evidence + " was set by somebody else and is left as it is");
    }
}
