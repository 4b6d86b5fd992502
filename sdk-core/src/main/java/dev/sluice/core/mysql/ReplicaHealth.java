// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.core.mysql.ReplicaStatus.ReceiverState;

/** How a replication channel is, from both of its halves. None of these says that the replica has caught up. */
public enum ReplicaHealth {
    /** Both halves run. */
    RUNNING("replication runs"),
    /** The receiver is on its way to the source and has met no error yet. */
    CONNECTING("the receiver is connecting to the source"),
    /** The receiver cannot reach the source, or was refused, and may go on trying. */
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

    /** Whether a person, or the source, has to do something before it goes on. */
    public boolean isFailed() {
        return this == RECEIVER_FAILED || this == APPLIER_FAILED;
    }

    static ReplicaHealth of(ReplicaStatus status) {
        boolean applies = status.applier().isRunning();
        ReceiverState receiver = status.receiver().state();
        if (!applies && status.applier().error().isPresent()) {
            return APPLIER_FAILED;
        }
        if (receiver != ReceiverState.RUNNING && status.receiver().error().isPresent()) {
            return RECEIVER_FAILED;
        }
        if (receiver == ReceiverState.STOPPED) {
            return applies ? RECEIVER_STOPPED : STOPPED;
        }
        if (!applies) {
            return APPLIER_STOPPED;
        }
        return receiver == ReceiverState.CONNECTING ? CONNECTING : RUNNING;
    }
}
