// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

/**
 * What a copy may use and do. Immutable.
 *
 * @param writers connections to the replica that write in parallel
 * @param binlog whether the replica's own binary log may be left out
 */
public record CopyRequest(int writers, ReplicaBinlog binlog) {
    /** Whether the load is written to the replica's own binary log. */
    public enum ReplicaBinlog {
        /** Yes: replicas hang off it, or shall. */
        WRITTEN,
        /** No, where the user may leave it out: nobody follows it, and it would only hold local GTIDs. */
        SKIPPED_WHERE_ALLOWED
    }
}
