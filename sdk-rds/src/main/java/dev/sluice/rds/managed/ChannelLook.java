// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.core.mysql.ReplicaHealth;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatus.ReceiverState;
import dev.sluice.core.mysql.ReplicationError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What {@link EnableReplication} sees of the replica's channel, and what it makes of it. */
final class ChannelLook {
    /** Numbers of what a network does: the receiver goes on trying. */
    private static final Set<Integer> MAY_PASS =
            Set.of(1040, 1053, 1158, 1159, 1160, 1161, 2002, 2003, 2005, 2006, 2013, 2055);

    private final ManagedKind kind;
    private final LiveContext context;
    private final Function<LiveContext, List<String>> safety;

    ChannelLook(ManagedKind kind, LiveContext context) {
        this(kind, context, any -> List.of());
    }

    /** @param safety the operations of a safety snapshot that need not be done any more */
    ChannelLook(ManagedKind kind, LiveContext context, Function<LiveContext, List<String>> safety) {
        this.kind = kind;
        this.context = context;
        this.safety = safety;
    }

    /** All that the step was compiled with, but what the replica has already. */
    Look notConfigured() {
        ManagedFilter.requireNoOther(context);
        return notConfigured(GtidSeed.isMissing(context));
    }

    /** The same of a replica that was configured before; empty if the step was compiled without pointing it. */
    Optional<Look> lost() {
        if (!isCompiledWith(SourcePointing.SET_EXTERNAL)) {
            return Optional.empty();
        }
        ManagedFilter.requireNoOther(context);
        return Optional.of(notConfigured(false));
    }

    private Look notConfigured(boolean seedIsMissing) {
        List<String> safe = safety.apply(context);
        List<String> missing = context.step().operations().stream()
                .map(Operation::id)
                .filter(id -> !id.equals(ReplicationStart.STOP_HALF))
                .filter(id -> !safe.contains(id))
                .filter(id -> seedIsMissing || !id.equals(GtidSeed.TAKE_OVER))
                .toList();
        if (missing.contains(SourcePointing.IMPORT_MATERIAL)) {
            requireTls();
        }
        List<String> needed = new ArrayList<>(missing);
        if (!needed.contains(SourcePointing.SET_EXTERNAL)) {
            needed.add(SourcePointing.SET_EXTERNAL);
        }
        return StepLook.missing(context, "no replication is configured", needed);
    }

    /** A private key is about to be sent. */
    private void requireTls() {
        boolean encrypted = context.replicaSession().query("SHOW SESSION STATUS LIKE 'Ssl_cipher'").stream()
                .anyMatch(row ->
                        row.find("Value").filter(cipher -> !cipher.isEmpty()).isPresent());
        if (!encrypted) {
            throw new StepRefusedException(
                    Problem.of(ManagedErrorCode.KEY_IN_PLAIN_TEXT, "The connection to the replica is not encrypted"));
        }
    }

    Look configured(ReplicaStatus status) {
        Channel found = Channel.of(status);
        if (!found.follows(Channel.wantedBy(context))) {
            throw new StepRefusedException(Problem.of(
                    ManagedErrorCode.FOLLOWS_ANOTHER_SOURCE, "The replica is configured to follow " + found));
        }
        if (!ManagedFilter.isRight(context, status.filter())) {
            return withoutFilter(status);
        }
        if (ReplicationStart.hasReachedItsPoint(kind, context, status)) {
            return Look.done("follows " + found + " and has come to the point where it stops");
        }
        Optional<List<String>> repair = new Repair(kind, context).missing(status);
        return repair.isPresent() ? StepLook.missing(context, status.reason(), repair.get()) : byHealth(status, found);
    }

    /** Nothing was started yet, and AWS may need a while to bring the parameters to the server. */
    private Look withoutFilter(ReplicaStatus status) {
        boolean mayStillCome = ManagedFilter.isWanted(context)
                && status.health() == ReplicaHealth.STOPPED
                && isCompiledWith(EnableReplication.WAIT_FOR_FILTER);
        if (!mayStillCome) {
            throw ManagedFilter.wrong(context, status.filter());
        }
        List<String> missing = new ArrayList<>(afterSource(status));
        missing.add(EnableReplication.WAIT_FOR_FILTER);
        return StepLook.missing(context, "the replica's filter is not there yet: " + status.filter(), missing);
    }

    private boolean isCompiledWith(String operation) {
        return context.step().operations().stream().map(Operation::id).anyMatch(operation::equals);
    }

    private Look byHealth(ReplicaStatus status, Channel found) {
        return switch (status.health()) {
            case RUNNING -> running(status, found);
            case CONNECTING -> Look.unknown(status.reason());
            case RECEIVER_RETRYING, RECEIVER_FAILED -> receiverFailed(context, status);
            case APPLIER_FAILED -> throw failed(status);
            case STOPPED -> stopped(status);
            case RECEIVER_STOPPED, APPLIER_STOPPED -> half(context, status);
        };
    }

    /** A replica that this step has pointed at its source encrypts where the plan wants it, whatever the procedures made of it. */
    private Look running(ReplicaStatus status, Channel found) {
        if (isCompiledWith(SourcePointing.SET_EXTERNAL)
                && LinkEncryption.of(context) == LinkEncryption.TLS
                && !status.source().tls()) {
            throw new StepRefusedException(Problem.of(
                    ManagedErrorCode.REPLICA_WITHOUT_TLS,
                    "The replica follows " + found + " without encryption, although it was told to encrypt"));
        }
        return Look.done("follows " + found + ", " + status.health().meaning());
    }

    private Look stopped(ReplicaStatus status) {
        return StepLook.missing(context, status.reason(), afterSource(status));
    }

    /** An earlier try may have ended between setting the source and what follows. A delay is set again: the status does not tell it. */
    private List<String> afterSource(ReplicaStatus status) {
        List<String> missing = new ArrayList<>();
        if (isCompiledWith(SourcePointing.ENCRYPT) && !status.source().tls()) {
            missing.add(SourcePointing.ENCRYPT);
        }
        if (isCompiledWith(SourcePointing.SET_DELAY)) {
            missing.add(SourcePointing.SET_DELAY);
        }
        missing.add(ReplicationStart.START);
        return missing;
    }

    static Look receiverFailed(LiveContext context, ReplicaStatus status) {
        if (status.receiver()
                .error()
                .map(ReplicationError::number)
                .filter(MAY_PASS::contains)
                .isEmpty()) {
            throw failed(status);
        }
        return status.receiver().state() == ReceiverState.STOPPED
                ? half(context, status)
                : Look.unknown(status.reason());
    }

    /** The procedure that starts refuses as long as one half runs. */
    static Look half(LiveContext context, ReplicaStatus status) {
        boolean nothingRuns = status.receiver().state() == ReceiverState.STOPPED
                && !status.applier().isRunning();
        return StepLook.missing(
                context,
                status.reason(),
                nothingRuns
                        ? List.of(ReplicationStart.START)
                        : List.of(ReplicationStart.STOP_HALF, ReplicationStart.START));
    }

    private static StepRefusedException failed(ReplicaStatus status) {
        return new StepRefusedException(Problem.of(
                ManagedErrorCode.REPLICATION_FAILED,
                "Replication from " + Channel.of(status) + " stopped: " + status.reason()));
    }
}
