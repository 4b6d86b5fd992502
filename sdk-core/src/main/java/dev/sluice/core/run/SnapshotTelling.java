// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.run.RunEvent;
import dev.sluice.core.snapshot.Blocker;
import dev.sluice.core.snapshot.SnapshotListener;
import java.time.Duration;
import java.util.List;

/** Tells those who watch a run why its snapshot takes time. */
record SnapshotTelling(RunLive live) implements SnapshotListener {
    @Override
    public void putOff(LockKind lock, List<Blocker> inTheWay) {
        live.time().heldUpBy(lock + " would have to wait for " + Blocker.names(inTheWay));
    }

    @Override
    public void denied(LockKind lock, Problem why) {
        warn(why);
    }

    @Override
    public void setBack(LockKind lock, Problem why, Duration writersHeldUp) {
        warn(why);
    }

    private void warn(Problem why) {
        live.time().heldUpBy(why.what());
        live.log().event((run, at) -> new RunEvent.Warning(run, at, why));
    }
}
