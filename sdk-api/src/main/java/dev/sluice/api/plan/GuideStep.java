// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

/** The rows of the guide, in the order in which a plan takes them. */
public enum GuideStep {
    /** The source writes a binary log that replicas can follow. */
    ENABLE_BINLOG("Enable binary logging on the source"),
    /** The source keeps its binary logs long enough. */
    RETAIN_BINLOGS("Retain binary logs on the source"),
    /** The account that the replica logs in with exists. */
    CREATE_REPLICATION_USER("Create the replication user on the source"),
    /** The replica has a server id of its own and does not start replication by itself. */
    PREPARE_REPLICA("Prepare the replica"),
    /** Snapshots of the source are open and their coordinates known. */
    SNAPSHOT("Take a snapshot of the source with its coordinates"),
    /** The replica writes no redo log while it is loaded; only with {@link Consent#REDO_LOG_OFF}. */
    DISABLE_REDO_LOG("Switch the replica's redo log off for the load"),
    /** The snapshot's structure and rows are on the replica. */
    LOAD("Load the snapshot into the replica"),
    /** The replica writes its redo log again; only with {@link Consent#REDO_LOG_OFF}. */
    ENABLE_REDO_LOG("Switch the replica's redo log on again"),
    /** Automated backups of the replica are kept, where the plan asks for them and its provider makes them. */
    KEEP_BACKUPS("Keep automated backups of the replica"),
    /** Nobody but replication writes on the replica. */
    PROTECT_REPLICA("Make the replica read-only"),
    /** The replica follows the source. */
    ENABLE_REPLICATION("Enable replication on the replica"),
    /** The replica has applied what the source had. */
    CATCH_UP("Catch up with the source"),
    /** Structure and rows are the same. */
    VERIFY("Verify the replica"),
    /** The source keeps its binary logs no longer than replication needs. */
    RELAX_RETENTION("Relax the retention of binary logs"),
    /** Replication that was stopped goes on. */
    START_REPLICATION("Start replication on the replica"),
    /** Replication stands still. */
    STOP_REPLICATION("Stop replication on the replica"),
    /** The replica knows no source any more. */
    RESET_REPLICA("Remove the replication configuration from the replica"),
    /** The events that arrived disabled run on the replica. */
    ENABLE_EVENTS("Enable the events on the replica"),
    /** The replication account is gone. */
    DROP_REPLICATION_USER("Drop the replication user on the source"),
    /** The source's retention is what it was before. */
    RESTORE_RETENTION("Restore the retention of binary logs"),
    /** The source has no binary logs that nobody needs. */
    PURGE_BINLOGS("Purge old binary logs on the source"),
    /** The source writes no binary log. */
    DISABLE_BINLOG("Disable binary logging on the source"),
    /** The table for monitors' heartbeats is there; only in a {@link HeartbeatPlan}. */
    CREATE_HEARTBEAT("Create the heartbeat table on the source"),
    /** It is gone; only in a {@link HeartbeatPlan}. */
    REMOVE_HEARTBEAT("Remove the heartbeat table from the source"),
    /** The replica applies nothing while one of its tables is copied; only in a {@link CopyTablePlan}. */
    HOLD_APPLIER("Hold the replica's applier"),
    /** The table is set aside, and its changes are left out until the copy's position; only in a {@link CopyTablePlan}. */
    LEAVE_TABLE_OUT("Set the table aside and leave its changes out"),
    /** The replica has applied everything else up to the copy's position; only in a {@link CopyTablePlan}. */
    REACH_COPY("Run the applier to the copy's position"),
    /** The copy is in the table's place, and the replica follows the source again; only in a {@link CopyTablePlan}. */
    PUT_TABLE_IN("Put the copy in the table's place and let replication go on");

    private final String title;

    GuideStep(String title) {
        this.title = title;
    }

    /** Whether a run only goes faster by it, and goes on without it where the server refuses. */
    public boolean isOptional() {
        return this == DISABLE_REDO_LOG;
    }

    /** What it is called in previews, events and reports. */
    public String title() {
        return title;
    }
}
