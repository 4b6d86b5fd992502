// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

/** What the servers do while they are compared; it decides when a difference is final. */
public enum Consistency {
    /** The source may be written to and replication runs: what differs is looked at again until it agrees or is proven different. */
    LIVE,
    /** Nobody writes on either side and the replica has applied everything: what differs is different. */
    STANDING_STILL
}
