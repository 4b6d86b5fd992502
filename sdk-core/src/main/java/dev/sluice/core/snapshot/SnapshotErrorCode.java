// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.ErrorCode;

/** The codes of snapshots that could not be taken, or that broke while they were read. */
public enum SnapshotErrorCode implements ErrorCode {
    IN_THE_WAY(
            "CORE-301",
            "The lock for the snapshot was not granted in time",
            "Wait for the sessions that the message names, or end them; or give the plan more patience",
            Retry.CAN_HELP),
    LOCK_DENIED(
            "CORE-302",
            "The user may take none of the locks that the plan allows",
            "GRANT RELOAD ON *.* (FLUSH TABLES WITH READ LOCK), or LOCK TABLES and SELECT on the scope's databases (LOCK TABLES)"),
    PREPARED_XA(
            "CORE-303",
            "XA transactions are prepared and neither committed nor rolled back; they would be in neither snapshot nor later log",
            "End them by XA COMMIT or XA ROLLBACK; XA RECOVER CONVERT XID lists them",
            Retry.CAN_HELP),
    XA_NOT_VISIBLE(
            "CORE-304",
            "The user may not see prepared XA transactions, so that a snapshot could silently lack them",
            "GRANT XA_RECOVER_ADMIN ON *.* to the user"),
    DEFINITIONS_CHANGED(
            "CORE-305",
            "Definitions in the scope kept changing while the snapshot was taken",
            "Hold back DDL in the scope until the snapshot is taken",
            Retry.CAN_HELP),
    TABLE_CHANGED(
            "CORE-306",
            "DDL changed a table of the snapshot before it was read",
            "Take a new snapshot, and hold back DDL, online schema changes and TRUNCATE in the scope until the copy is done",
            Retry.CAN_HELP),
    NOT_OPENED(
            "CORE-307",
            "The snapshots could not be opened before the lock had to be given back",
            "Give a longer window, fewer readers, or a better network to the source",
            Retry.CAN_HELP),
    SESSIONS_NOT_VISIBLE(
            "CORE-308",
            "The user may not see other sessions, so that a lock could be asked for behind a long statement",
            "GRANT PROCESS ON *.* to the user"),
    NOT_STILL(
            "CORE-315",
            "The temporary server that the rows are read from does not stand still where it is said to",
            "Leave the temporary server alone, and start the plan again; look for who started replication or wrote there",
            Retry.CAN_HELP),
    SNAPSHOT_LOST(
            "CORE-309",
            "A session of the snapshot ended before all was read, or its server is silent; no other session can take its place",
            "Look for who ended the session (KILL, a restart, the network), then resume the run, which takes a new snapshot",
            Retry.CAN_HELP),
    SNAPSHOT_OLD(
            "CORE-310",
            "The snapshots of a copy have been open for long, so that the source can purge nothing that was changed since",
            "Watch the source's undo tablespaces; copy by more connections, or a smaller scope at a time"),
    SNAPSHOT_TOO_OLD(
            "CORE-311",
            "The snapshots of a copy were open as long as the plan allows, and were closed",
            "Copy by more connections or a smaller scope at a time; or allow more with snapshotLimits(…)"),
    HISTORY_LONG(
            "CORE-312",
            "The source's undo history has become long while a copy's snapshots are open",
            "Watch the source's undo tablespaces and response times; hold back bulk changes until the copy is done"),
    HISTORY_TOO_LONG(
            "CORE-313",
            "The source's undo history became as long as the plan allows, and the snapshots of the copy were closed",
            "Copy when less is written, by more connections, or a smaller scope at a time; or allow more with snapshotLimits(…)",
            Retry.CAN_HELP),
    HISTORY_UNREADABLE(
            "CORE-314",
            "The source's undo history cannot be read; the copy goes on without watching it",
            "GRANT PROCESS ON *.* to the user on the source",
            Retry.CAN_HELP);

    private final String id;
    private final String meaning;
    private final String remedy;
    private final Retry retry;

    SnapshotErrorCode(String id, String meaning, String remedy) {
        this(id, meaning, remedy, Retry.POINTLESS);
    }

    SnapshotErrorCode(String id, String meaning, String remedy, Retry retry) {
        this.id = id;
        this.meaning = meaning;
        this.remedy = remedy;
        this.retry = retry;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }

    @Override
    public Retry retry() {
        return retry;
    }
}
