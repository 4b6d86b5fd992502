// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatus.ReceiverState;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.rds.aws.RdsControlPlane;
import dev.sluice.rds.aws.TemporaryInstance;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The read replica that keeps the source's binary logs, as AWS and the server show it at one moment. Not thread-safe. */
final class KeepingReplica {
    private final LiveContext context;
    private final @Nullable RdsControlPlane plane;
    private final List<String> missing;
    private String evidence = "";

    KeepingReplica(LiveContext context, @Nullable RdsControlPlane plane) {
        this.context = context;
        this.plane = plane;
        this.missing = look();
    }

    /** What is still to be done until it stands still, in order. */
    List<String> missing() {
        return missing;
    }

    String evidence() {
        return evidence;
    }

    /** Whether it is there, and not on its way out. */
    static boolean isThere(LiveContext context, @Nullable RdsControlPlane plane) {
        if (plane != null) {
            return find(context, plane)
                    .filter(instance -> !instance.status().equals("deleting"))
                    .isPresent();
        }
        try {
            return context.seedSession().queryValue("SELECT 1").isPresent();
        } catch (StepUnavailableException gone) {
            return false;
        }
    }

    private static Optional<TemporaryInstance> find(LiveContext context, RdsControlPlane plane) {
        return plane.temporaryInstance(HoldReadReplica.source(context).place(), context.run());
    }

    private List<String> look() {
        if (plane != null) {
            Optional<TemporaryInstance> instance = find(context, plane);
            if (instance.isEmpty()) {
                evidence = "there is no read replica that keeps them";
                return List.of(KeepBinlogs.CREATE, KeepBinlogs.WAIT, KeepBinlogs.STOP);
            }
            if (!instance.get().instance().orThrowIfTerminal().isAvailable()) {
                evidence = "the read replica is " + instance.get().status();
                return List.of(KeepBinlogs.WAIT, KeepBinlogs.STOP);
            }
        }
        try {
            return asked();
        } catch (StepUnavailableException away) {
            evidence = "the read replica does not answer";
            return plane == null
                    ? List.of(KeepBinlogs.CREATE, KeepBinlogs.WAIT, KeepBinlogs.STOP)
                    : List.of(KeepBinlogs.WAIT, KeepBinlogs.STOP);
        }
    }

    private List<String> asked() {
        Optional<ReplicaStatus> found = ReplicaStatusReader.readDefault(
                context.seedSession(), Dialect.of(context.source().version()));
        evidence = "the read replica: " + found.map(ReplicaStatus::reason).orElse("it has no source yet");
        return found.map(this::judged).orElseGet(() -> List.of(KeepBinlogs.WAIT, KeepBinlogs.STOP));
    }

    private List<String> judged(ReplicaStatus status) {
        String source = context.source().serverUuid();
        boolean knowsSource = !status.source().uuid().isEmpty();
        if (knowsSource && !status.source().uuid().equalsIgnoreCase(source)) {
            throw new StepRefusedException(Problem.of(
                    SeedCode.REPLICA_OF_ANOTHER,
                    "The read replica that keeps binary logs follows "
                            + status.source().uuid() + ", not " + source));
        }
        boolean receives = status.receiver().state() == ReceiverState.RUNNING;
        if (receives && status.applier().isRunning()) {
            return List.of(KeepBinlogs.STOP);
        }
        // What stopped it does not matter: it fetches nothing, and has fetched something before.
        boolean stands = knowsSource && status.receiver().state() == ReceiverState.STOPPED;
        return stands ? List.of() : List.of(KeepBinlogs.WAIT, KeepBinlogs.STOP);
    }
}
