// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.run.RunEvent;
import dev.sluice.core.dump.DumpAndLoad;
import dev.sluice.core.dump.DumpRequest;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.snapshot.Snapshot;
import dev.sluice.core.snapshot.SnapshotListener;
import dev.sluice.core.snapshot.SnapshotMoment;
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
        SnapshotRequest request = new SnapshotRequest(
                live.replication().scope(), operation.locks(), operation.window(), settings.readers(), PATIENCE);
        if (live.replication().copyMethod() == CopyMethod.MYSQLDUMP) {
            dump(request, live);
        } else {
            sessions(request, live);
        }
    }

    private void sessions(SnapshotRequest request, RunLive live) {
        CatalogKeeper definitions = new CatalogKeeper(request.scope());
        Snapshot snapshot = new SnapshotTaker(definitions)
                .take(live.servers().connector(Target.SOURCE), request, new Telling(log), cancellation);
        opened(live, snapshot.coordinates(), new OpenSessions(snapshot, definitions.catalog()), snapshot.lockHeld());
    }

    private void dump(SnapshotRequest request, RunLive live) {
        CatalogKeeper definitions = new CatalogKeeper(request.scope());
        DumpProgress progress = new DumpProgress(log);
        DumpAndLoad dump = new DumpAndLoad(dumpRequest(definitions, live), progress);
        SnapshotMoment moment = new SnapshotTaker(definitions)
                .hold(live.servers().connector(Target.SOURCE), request, dump, new Telling(log), cancellation);
        opened(live, moment.coordinates(), new OpenDump(dump, progress, definitions.catalog()), moment.lockHeld());
    }

    private DumpRequest dumpRequest(CatalogKeeper definitions, RunLive live) {
        return new DumpRequest(
                settings.programs(),
                live.servers().dumpEnd(Target.SOURCE),
                live.servers().dumpEnd(Target.REPLICA),
                live.replication().scope(),
                definitions::catalog,
                CopyWork.binlog(live),
                DumpRequest.DEFAULT_SILENCE);
    }

    private void opened(RunLive live, Coordinates coordinates, OpenSnapshot open, Duration lockHeld) {
        live.memory().snapshotOpened(coordinates, open, lockHeld);
        log.event((run, at) -> new RunEvent.LockReleased(run, at, lockHeld));
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
