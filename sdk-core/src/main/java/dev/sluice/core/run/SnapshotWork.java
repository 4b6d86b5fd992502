// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.SnapshotLimits;
import dev.sluice.api.run.RunEvent;
import dev.sluice.core.copy.DumpCopy;
import dev.sluice.core.dump.DumpRequest;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.snapshot.Snapshot;
import dev.sluice.core.snapshot.SnapshotMoment;
import dev.sluice.core.snapshot.SnapshotRequest;
import dev.sluice.core.snapshot.SnapshotTaker;
import dev.sluice.core.snapshot.SnapshotWatch;
import dev.sluice.core.snapshot.StillServer;
import java.time.Duration;

/** Opens the snapshots that the copy reads. */
final class SnapshotWork {
    /** How long locks are tried for before the step is refused, where the plan has no deadline for it: each try holds up writers. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration AGES = Duration.ofDays(36_500);
    private static final SnapshotLimits UNLIMITED = new SnapshotLimits(AGES, AGES, Long.MAX_VALUE, Long.MAX_VALUE);

    private final RunSettings settings;
    private final RunLog log;

    SnapshotWork(RunSettings settings, RunLog log) {
        this.settings = settings;
        this.log = log;
    }

    void take(SnapshotOperation operation, RunLive live) {
        if (operation.info().target() == Target.SEED) {
            still(live);
            return;
        }
        SnapshotRequest request = new SnapshotRequest(
                live.replication().scope(),
                operation.locks(),
                operation.window(),
                settings.budget().now().readers(),
                patience(live));
        if (live.replication().copyMethod() == CopyMethod.MYSQLDUMP) {
            dump(request, live);
        } else {
            sessions(request, live);
        }
    }

    /** A deadline that the plan sets is the step's own, which ends it a little before this would. */
    private static Duration patience(RunLive live) {
        Duration deadline = live.replication().deadlines().get(GuideStep.SNAPSHOT);
        return deadline == null ? PATIENCE : deadline.plus(PATIENCE);
    }

    private void sessions(SnapshotRequest request, RunLive live) {
        CatalogKeeper definitions = new CatalogKeeper(request.scope());
        Snapshot snapshot = new SnapshotTaker(definitions)
                .take(
                        live.servers().connector(Target.SOURCE),
                        request,
                        new SnapshotTelling(live),
                        live.time().cancellation());
        SnapshotWatch watch = SnapshotWatch.begin(
                live.servers().connector(Target.SOURCE), live.replication().snapshotLimits(), this::warn, snapshot);
        opened(live, snapshot.moment(), new OpenSessions(Target.SOURCE, snapshot, definitions.catalog(), watch));
    }

    /** On a temporary server, where nobody changes anything that an old snapshot would have to keep. */
    private void still(RunLive live) {
        Coordinates coordinates = live.coordinates()
                .orElseThrow(() -> new IllegalStateException("Where the temporary server stands is not known yet"));
        CatalogKeeper definitions = new CatalogKeeper(live.replication().scope());
        MySqlConnector server = live.servers().connector(Target.SEED);
        Snapshot snapshot = new StillServer(server, coordinates)
                .open(
                        live.replication().scope(),
                        settings.budget().now().readers(),
                        definitions,
                        live.time().cancellation());
        SnapshotWatch watch = SnapshotWatch.begin(server, UNLIMITED, warning -> {}, snapshot);
        live.memory()
                .snapshotOpened(
                        coordinates,
                        new OpenSessions(Target.SEED, snapshot, definitions.catalog(), watch),
                        Duration.ZERO);
    }

    private void dump(SnapshotRequest request, RunLive live) {
        CatalogKeeper definitions = new CatalogKeeper(request.scope());
        DumpProgress progress = new DumpProgress(log);
        DumpCopy dump = new DumpCopy(
                settings.programs(),
                new DumpRequest(
                        live.servers().dumpEnd(Target.SOURCE),
                        live.servers().dumpEnd(Target.REPLICA),
                        live.replication().scope()),
                definitions::catalog,
                CopyWork.binlog(live, log),
                progress);
        SnapshotMoment moment = new SnapshotTaker(definitions)
                .hold(
                        live.servers().connector(Target.SOURCE),
                        request,
                        dump,
                        new SnapshotTelling(live),
                        live.time().cancellation());
        opened(live, moment, new OpenDump(dump, progress, definitions.catalog(), watch(live, dump)));
    }

    private SnapshotWatch watch(RunLive live, DumpCopy dump) {
        return SnapshotWatch.begin(
                live.servers().connector(Target.SOURCE), live.replication().snapshotLimits(), this::warn, dump::close);
    }

    private void warn(Problem warning) {
        log.event((run, at) -> new RunEvent.Warning(run, at, warning));
    }

    private void opened(RunLive live, SnapshotMoment moment, OpenSnapshot open) {
        live.memory().snapshotOpened(moment.coordinates(), open, moment.lockHeld());
        log.journal(at -> new JournalRecord.WritersHeldUp(at, moment.lockHeld()));
        log.event((run, at) -> new RunEvent.LockReleased(run, at, moment.lockHeld()));
    }
}
