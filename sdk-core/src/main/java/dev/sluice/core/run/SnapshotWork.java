// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.run.RunEvent;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.snapshot.Snapshot;
import dev.sluice.core.snapshot.SnapshotListener;
import dev.sluice.core.snapshot.SnapshotRequest;
import dev.sluice.core.snapshot.SnapshotTaker;
import java.time.Duration;

/** Opens the snapshots that the copy reads. */
final class SnapshotWork {
    /** How long locks are tried for before the step is refused, naming who is in the way. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RunSettings settings;
    private final Cancellation cancellation;
    private final RunLog log;

    SnapshotWork(RunSettings settings, Cancellation cancellation, RunLog log) {
        this.settings = settings;
        this.cancellation = cancellation;
        this.log = log;
    }

    void take(SnapshotOperation operation, RunLive live) {
        CatalogKeeper definitions = new CatalogKeeper(live.replication().scope());
        Snapshot snapshot = new SnapshotTaker(definitions)
                .take(
                        live.servers().connector(Target.SOURCE),
                        new SnapshotRequest(
                                live.replication().scope(),
                                operation.locks(),
                                operation.window(),
                                settings.readers(),
                                PATIENCE),
                        new Telling(log),
                        cancellation);
        live.memory()
                .snapshotOpened(
                        snapshot.coordinates(), new OpenSnapshot(snapshot, definitions.catalog()), snapshot.lockHeld());
        log.event((run, at) -> new RunEvent.LockReleased(run, at, snapshot.lockHeld()));
    }

    /** Tells listeners why it takes time. */
    private record Telling(RunLog log) implements SnapshotListener {
        @Override
        public void denied(LockKind lock, Problem why) {
            warn(why);
        }

        @Override
        public void setBack(LockKind lock, Problem why, Duration writersHeldUp) {
            warn(why);
        }

        private void warn(Problem why) {
            log.event((run, at) -> new RunEvent.Warning(run, at, why));
        }
    }
}
