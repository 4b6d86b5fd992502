// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.spi.Failovers;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.dump.DumpPrograms;
import java.util.List;
import java.util.Optional;

/** The rows of the guide that are the same on every kind of server. */
public final class CoreSteps {
    /** The id under which core's own steps are stored; no engine may have it. */
    static final EngineId CORE = new EngineId("core");

    private CoreSteps() {}

    /** The steps of a replication whose data gets to the replica like this. */
    static List<Step> of(SeedChoice choice, Optional<Failovers> failovers, Step verify) {
        return List.of(choice.snapshot(), choice.load(), new CatchUp(failovers), verify);
    }

    /** The steps of the end of a replication. */
    static List<Step> ofEnd() {
        return List.of(new EnableEvents());
    }

    /** The step of this key; what it needs to look is in its compiled form. */
    public static Optional<Step> find(StepKey key) {
        return List.<Step>of(
                        new TakeSnapshot(List.of(), DumpPrograms.NONE),
                        new LoadSnapshot(DumpPrograms.NONE),
                        new LoadFromStillServer(),
                        new CatchUp(),
                        new Verify(),
                        new EnableEvents(),
                        new CreateHeartbeat(),
                        new RemoveHeartbeat())
                .stream()
                .filter(step -> step.key().equals(key))
                .findFirst();
    }

    static StepKey key(String name) {
        return new StepKey(CORE, name, 1);
    }
}
