// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/** What RDS says of a managed read replica's replication. */
public enum ReplicationState {
    /** Both halves run. */
    REPLICATING("replicating"),
    /** Somebody has stopped it by the procedure. */
    STOPPED("stopped"),
    /** It has stopped by itself. */
    ERROR("error"),
    /** RDS has ended it, since it had stood still for over 30 days. */
    TERMINATED("terminated");

    private final String status;

    ReplicationState(String status) {
        this.status = status;
    }

    String status() {
        return status;
    }

    boolean isNormal() {
        return this == REPLICATING || this == STOPPED;
    }
}
