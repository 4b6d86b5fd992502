// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;

/**
 * A row that nothing is done for, since somebody else does it: AWS itself, or whoever does a later row.
 *
 * @param name of the step
 * @param why nothing is done
 */
record NothingToDo(String name, GuideStep row, String why) implements Step {
    @Override
    public StepKey key() {
        return AuroraEngine.key(name);
    }

    @Override
    public StepDraft compile(StepContext context) {
        return StepDraft.nothing(why);
    }

    @Override
    public Look look(LiveContext context) {
        return Look.done(why);
    }
}
