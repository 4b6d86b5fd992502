// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

/** How the replica finds its place in the source's binary log. */
public enum Positioning {
    /** By GTID where both servers have it on, else by file and position. The default. */
    GTID_WHERE_BOTH_ALLOW,
    /** By GTID with auto-positioning; refused where a server lacks it. */
    GTID,
    /** By file and position. */
    BINLOG_POSITION
}
