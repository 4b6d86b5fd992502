// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.engine;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import java.util.Locale;
import java.util.function.Function;

/** One row of the guide: what it would do, as data, and how to see whether it is done. An engine of any size has a class for each instead. */
record HarborStep(GuideStep row, Function<StepContext, StepDraft> draft, Function<LiveContext, Look> sight)
        implements Step {
    @Override
    public StepKey key() {
        return new StepKey(HarborEngine.ID, row.name().toLowerCase(Locale.ROOT).replace('_', '-'), 1);
    }

    @Override
    public StepDraft compile(StepContext context) {
        return draft.apply(context);
    }

    @Override
    public Look look(LiveContext context) {
        return context.step().operations().isEmpty() ? Look.done("nothing to do") : sight.apply(context);
    }
}
