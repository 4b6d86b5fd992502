// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.privileges;

/** What a plan uses an account for. */
public enum AccountRole {
    /** Sluice logs in to the source with it. */
    SOURCE_LOGIN,
    /** Sluice logs in to the replica with it. */
    REPLICA_LOGIN,
    /** The replica logs in to the source with it, and fetches changes. */
    REPLICATION
}
