// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.Failovers;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.CoordinatesReader;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/** Waits until the replica has applied what the source had two seconds ago at most, or as much longer as it stays behind on purpose. */
final class CatchUp implements Step {
    private static final Duration DEADLINE = Duration.ofDays(7);

    private final Optional<Failovers> failovers;

    /** For a replica that no failover moves, or one whose failovers nobody follows. */
    CatchUp() {
        this(Optional.empty());
    }

    /** @param failovers tells what would be done on another server */
    CatchUp(Optional<Failovers> failovers) {
        this.failovers = failovers;
    }

    @Override
    public StepKey key() {
        return CoreSteps.key("catch-up");
    }

    @Override
    public GuideStep row() {
        return GuideStep.CATCH_UP;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Duration deadline = context.replication().deadlines().getOrDefault(GuideStep.CATCH_UP, DEADLINE);
        StepDraft draft = StepDraft.of(new WaitOperation(
                OperationInfo.reading("wait-for-replica", Target.REPLICA, "wait for the replica"),
                "the replica has applied a position of the source that was read at most "
                        + CatchUpWatch.CLOSE_BEHIND.toSeconds()
                        + " s before, and as much longer as the replica is told to stay behind",
                deadline));
        return failovers
                .map(each -> noted(draft, each.recovery().compile(context)))
                .orElse(draft);
    }

    /** Not among the operations: it is done only after a failover. */
    private static StepDraft noted(StepDraft draft, StepDraft recovery) {
        String what = "Should the replica fail over, the run claims the new server and goes on there.";
        String statements = recovery.operations().stream()
                .flatMap(operation -> operation.preview().stream())
                .collect(Collectors.joining("; "));
        return draft.note(
                statements.isEmpty() || !recovery.problems().isEmpty()
                        ? what
                        : what + " As far as it finds it missing, and proven to go on where it stopped: " + statements);
    }

    @Override
    public Look look(LiveContext context) {
        CoreLive live = (CoreLive) context;
        Coordinates target = target(live);
        ReplicaStatus status = live.replicaWait()
                .status(live.replicaSession(), Dialect.of(context.replica().version()));
        live.lagSeen(status.lag().orElse(null), status.reason());
        return look(live, target, status);
    }

    private static Coordinates target(CoreLive live) {
        Coordinates known = live.catchUp().target();
        return known == null ? aim(live) : known;
    }

    private static Look look(CoreLive live, Coordinates target, ReplicaStatus status) {
        CatchUpWatch watch = live.catchUp();
        if (!status.hasApplied(target)) {
            String applied =
                    status.applier().applied().map(BinlogPosition::toString).orElse("nothing yet");
            return Look.missing(
                    "the replica has applied " + applied + ", the source was at " + target.position(),
                    live.step().operations());
        }
        if (watch.age().compareTo(CatchUpWatch.CLOSE_BEHIND.plus(status.delay().configured())) <= 0) {
            return Look.done("the replica passed " + target.position() + " within "
                    + watch.age().toMillis() + " ms");
        }
        aim(live);
        return Look.missing(
                "the replica passed " + target.position() + ", the source went on",
                live.step().operations());
    }

    private static Coordinates aim(CoreLive live) {
        CatchUpWatch watch = live.catchUp();
        Coordinates now = new CoordinatesReader(Dialect.of(live.source().version()), watch.clock())
                .read(live.sourceSession(), "", "read while catching up");
        watch.aimAt(now);
        return now;
    }
}
