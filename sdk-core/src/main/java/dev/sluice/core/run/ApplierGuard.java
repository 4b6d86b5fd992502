// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.plan.GuideStep;
import java.util.List;

/** Keeps in the journal, as long as the replica's applier is held, how it is started again. One thread. */
record ApplierGuard(UndoList undos, Operation operation, RunLive live) {
    /** Before it is stopped. */
    void begin(List<Undo> guards) {
        guards.forEach(undo -> undos.register(live.step(), operation, Target.REPLICA, undo));
    }

    /** It was seen to run again. */
    void end() {
        undos.takenOver(GuideStep.VERIFY);
    }
}
