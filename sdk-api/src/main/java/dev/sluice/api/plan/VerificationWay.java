// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

/** How replica and source are compared. */
public enum VerificationWay {
    /**
     * While replication goes on, without a lock: what differs is looked at again after the replica has passed the source's position of that
     * moment, until it agrees or is proven different. Rows that never hold still may stay undecided.
     */
    LIVE,
    /**
     * At exactly one position of the source's binary log: snapshots on both servers, so that whatever differs is different. Needs
     * {@link Consent#VERIFICATION_LOCK} and a replica whose applier can be stopped at a position; refused where it cannot be.
     */
    AT_ONE_POSITION
}
