// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An honest step, of which a test spoils what it drafts or what it sees. */
record SpoiledStep(
        Step honest,
        BiFunction<StepDraft, StepContext, StepDraft> drafting,
        BiFunction<Step, LiveContext, Look> looking)
        implements Step {
    /** One whose drafts are changed like this. */
    static UnaryOperator<Step> drafting(BiFunction<StepDraft, StepContext, StepDraft> change) {
        return step -> new SpoiledStep(step, change, Step::look);
    }

    /** One that sees this. */
    static UnaryOperator<Step> looking(Function<LiveContext, Look> look) {
        return step -> new SpoiledStep(step, (draft, context) -> draft, (honest, context) -> look.apply(context));
    }

    /** One whose only operation has this statement. */
    static UnaryOperator<Step> sending(Function<StepContext, String> statement) {
        return drafting((draft, context) -> {
            OperationInfo info = draft.operations().get(0).info();
            return StepDraft.of(new SqlOperation(info, Statement.of(statement.apply(context))));
        });
    }

    /** One whose operations have exactly these undos. */
    static UnaryOperator<Step> undoneBy(Function<Operation, List<Undo>> undos) {
        return drafting((draft, context) -> {
            StepDraft spoiled = StepDraft.of();
            for (Operation operation : draft.operations()) {
                OperationInfo old = operation.info();
                OperationInfo info = OperationInfo.changing(old.id(), old.target(), old.purpose());
                for (Undo undo : undos.apply(operation)) {
                    info = info.undoneBy(undo);
                }
                spoiled = spoiled.and(new SqlOperation(info, ((SqlOperation) operation).statement()));
            }
            return spoiled;
        });
    }

    @Override
    public StepKey key() {
        return honest.key();
    }

    @Override
    public GuideStep row() {
        return honest.row();
    }

    @Override
    public StepDraft compile(StepContext context) {
        return drafting.apply(honest.compile(context), context);
    }

    @Override
    public Look look(LiveContext context) {
        return looking.apply(honest, context);
    }
}
