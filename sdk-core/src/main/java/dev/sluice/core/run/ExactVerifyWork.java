// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.operation.ExactPosition;
import dev.sluice.api.operation.Target;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.snapshot.SnapshotWatch;
import dev.sluice.core.verify.ExactVerification;
import dev.sluice.core.verify.VerifyRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Compares both servers at exactly one position of the source.
 *
 * @param exact how the position is held
 * @param request what is compared
 * @param live the step's
 */
record ExactVerifyWork(ExactPosition exact, VerifyRequest request, RunLive live) {
    /** How long locks are tried for: each try holds up writers, and the replica falls behind meanwhile. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    VerificationReport compare(ApplierGuard guard) {
        HeldApplier applier = new HeldApplier(exact.applier(), live);
        applier.requireRunning();
        try (ExactVerification servers = new ExactVerification(
                live.servers().connector(Target.SOURCE),
                live.servers().connector(Target.REPLICA),
                request,
                live.time().cancellation())) {
            Instant began = live.log().clock().instant();
            hold(servers, applier, guard);
            Duration stopped = Duration.between(began, live.log().clock().instant());
            return watched(servers, reading -> servers.compare(stopped, CompareProgress.telling(live.log()), reading));
        }
    }

    /** Whatever happens, the applier goes on; if that fails, the guard is still there to be played at the run's end. */
    private void hold(ExactVerification servers, HeldApplier applier, ApplierGuard guard) {
        guard.begin(exact.applier().guards());
        try {
            applier.stop();
            Coordinates position =
                    servers.openSource(exact.locks(), exact.window(), PATIENCE, new SnapshotTelling(live));
            lockIsOver(servers.lockHeld());
            applier.runUntil(position);
            servers.openReplica();
        } catch (RuntimeException failure) {
            goOnAfter(failure, applier, guard);
            throw failure;
        }
        applier.goOn();
        guard.end();
    }

    private static void goOnAfter(RuntimeException failure, HeldApplier applier, ApplierGuard guard) {
        try {
            applier.goOn();
            guard.end();
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }

    private void lockIsOver(Duration held) {
        live.memory().lockHeldAgain(held);
        live.log().event((run, at) -> new RunEvent.LockReleased(run, at, held));
    }

    private interface Reading {
        VerificationReport read(Cancellation cancellation);
    }

    /** Open snapshots keep the source from forgetting what was. */
    private VerificationReport watched(ExactVerification servers, Reading work) {
        AtomicReference<VerificationReport> report = new AtomicReference<>();
        try (SnapshotWatch watch = SnapshotWatch.begin(
                live.servers().connector(Target.SOURCE),
                live.replication().snapshotLimits(),
                warning -> live.log().event((run, at) -> new RunEvent.Warning(run, at, warning)),
                servers::close)) {
            watch.whileReading(live.time().cancellation(), reading -> report.set(work.read(reading)));
        }
        return requireNonNull(report.get(), "report");
    }
}
