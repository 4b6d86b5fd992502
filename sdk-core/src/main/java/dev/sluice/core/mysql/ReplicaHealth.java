// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.core.mysql.ReplicaStatus.ReceiverState;

/** How a replication channel is, from both of its halves. None of these says that the replica has caught up. */
public enum ReplicaHealth {
    /** Both halves run. */
    RUNNING("replication runs"),
    /** The receiver is on its way to the source and has met no error yet. */
    CONNECTING("the receiver is connecting to the source"),
    /** The receiver cannot reach the source, or was refused, and goes on trying. */
    RECEIVER_RETRYING("the receiver does not get through to the source and goes on trying"),
    /** The receiver has stopped with an error; nothing is fetched until somebody acts. */
    RECEIVER_FAILED("the receiver failed"),
    /** A change could not be applied; replication stands until somebody acts. */
    APPLIER_FAILED("the applier failed"),
    /** Somebody stopped the receiver; what was fetched is still applied. */
    RECEIVER_STOPPED("the receiver was stopped"),
    /** Somebody stopped the applier; the receiver goes on. */
    APPLIER_STOPPED("the applier was stopped"),
    /** Both halves stand still without an error. */
    STOPPED("replication is stopped");

    private final String meaning;

    ReplicaHealth(String meaning) {
        this.meaning = meaning;
    }

    /** In words, to follow a colon. */
    public String meaning() {
        return meaning;
    }

    /** Whether a half stands still with an error, so that a person has to do something before it goes on. */
    public boolean isFailed() {
        return this == RECEIVER_FAILED || this == APPLIER_FAILED;
    }

    /** Whether a half stands still without an error: somebody stopped it, or the replica restarted. */
    public boolean isStopped() {
        return this == RECEIVER_STOPPED || this == APPLIER_STOPPED || this == STOPPED;
    }

    static ReplicaHealth of(ReplicaStatus status) {
        boolean applies = status.applier().isRunning();
        boolean receiverErred = status.receiver().error().isPresent();
        if (!applies && status.applier().error().isPresent()) {
            return APPLIER_FAILED;
        }
        if (status.receiver().state() == ReceiverState.STOPPED) {
            return receiverErred ? RECEIVER_FAILED : applies ? RECEIVER_STOPPED : STOPPED;
        }
        if (!applies) {
            return APPLIER_STOPPED;
        }
        if (status.receiver().state() == ReceiverState.RUNNING) {
            return RUNNING;
        }
        return receiverErred ? RECEIVER_RETRYING : CONNECTING;
    }
}
