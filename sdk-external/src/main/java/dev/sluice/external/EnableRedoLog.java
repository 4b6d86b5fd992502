// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.RedoLog;
import java.util.List;

/** The replica writes its redo log again, before anything depends on it. */
final class EnableRedoLog implements Step {
    private static final String SWITCH_ON = "switch-redo-log-on";

    @Override
    public StepKey key() {
        return ExternalEngine.key("enable-redo-log");
    }

    @Override
    public GuideStep row() {
        return GuideStep.ENABLE_REDO_LOG;
    }

    @Override
    public StepDraft compile(StepContext context) {
        if (context.alreadyReplicating()
                || RedoLog.whyItStaysOn(context.replica()).isPresent()) {
            return StepDraft.nothing("The redo log was never off.");
        }
        return StepDraft.of(new SqlOperation(
                OperationInfo.changing(SWITCH_ON, Target.REPLICA, "write the replica's redo log again"),
                Statement.of(RedoLog.ON)));
    }

    @Override
    public Look look(LiveContext context) {
        if (context.step().operations().isEmpty() || DisableRedoLog.isOn(context.replicaSession())) {
            return Look.done("the redo log is on");
        }
        return StepLook.missing(context, "the redo log is off", List.of(SWITCH_ON));
    }
}
