// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The row SNAPSHOT of a way to snapshot a mock source: one call, whose undo is another. */
record MockSeedStep(MockServers servers, MockSeed way) implements Step {
    static final String CREATE = "CreateSeed";
    static final String DELETE = "DeleteSeed";

    private static final Duration DEADLINE = Duration.ofMinutes(10);

    @Override
    public StepKey key() {
        return new StepKey(MockMySql.ENGINE, "seed-" + way.seed().name(), 1);
    }

    @Override
    public GuideStep row() {
        return GuideStep.SNAPSHOT;
    }

    @Override
    public StepDraft compile(StepContext context) {
        return StepDraft.of(
                call(
                        OperationInfo.changing("create-seed", Target.SOURCE, "make " + way.seed())
                                .undoneBy(Undo.byCall(UndoScope.TEMPORARY, deletion())),
                        CREATE),
                new WaitOperation(
                        OperationInfo.reading("wait-for-seed", Target.SOURCE, "wait until its coordinates are known"),
                        way.seed() + " tells its coordinates",
                        DEADLINE,
                        List.of(Slot.SNAPSHOT_COORDINATES)));
    }

    private ControlPlaneOperation deletion() {
        return call(OperationInfo.changing("delete-seed", Target.SOURCE, "remove " + way.seed()), DELETE);
    }

    private ControlPlaneOperation call(OperationInfo info, String action) {
        String name = way.seed().name() + "-" + ControlPlaneOperation.RUN;
        return new ControlPlaneOperation(info, "mock", action, Map.of("Name", name), "mock " + action + " " + name);
    }

    @Override
    public Look look(LiveContext context) {
        return servers.look(GuideStep.SNAPSHOT, Target.SOURCE, context);
    }
}
