// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

/** The two halves of a replication channel. */
public enum ReplicationThread {
    /** Fetches the source's log. */
    RECEIVER("IO_THREAD"),
    /** Applies what was fetched. */
    APPLIER("SQL_THREAD");

    private final String keyword;

    ReplicationThread(String keyword) {
        this.keyword = keyword;
    }

    /** Its name in statements, the same in all versions. */
    String keyword() {
        return keyword;
    }
}
