// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

/** What a run does only if its plan allows it by name: downgrades and disruptive actions. */
public enum Consent {
    /**
     * Passwords and rows may travel unencrypted where a server has no TLS. An endpoint whose certificate is to be verified is left out of this: it is
     * encrypted or refused.
     */
    PLAIN_TEXT("allowPlainText()"),
    /** A pair of versions that MySQL does not support, such as 8.0 to 9.x, which are not adjacent series. */
    UNSUPPORTED_PAIR("allowUnsupportedPair()"),
    /** Somebody may be asked to restart the source, and the run waits for it. */
    SOURCE_RESTART("allowSourceRestart()"),
    /** The replica's own binary logs and GTIDs may be wiped (MySQL 5.7 can take over GTIDs in no other way). Cannot be undone. */
    RESET_REPLICA_BINLOGS("allowReplicaBinlogReset()"),
    /** A free server id may be set on the replica where its own clashes. */
    SERVER_ID_CHANGE("allowServerIdChange()"),
    /**
     * An outage of an instance of RDS while its backup retention leaves or reaches zero: of a source, whose binary log that switches, or of a
     * replica that the plan wants to have backups.
     */
    BACKUP_RETENTION_CHANGE("allowBackupRetentionChange()"),
    /**
     * The replica may be loaded without a redo log, if it holds nothing else. Should it crash meanwhile, it does not start any more
     * and all that it holds is lost, its accounts included.
     */
    REDO_LOG_OFF("allowRedoLogOff()"),
    /** The writer of an Aurora cluster may be rebooted, where settings are read at its start only: a short outage. */
    WRITER_REBOOT("allowWriterReboot()"),
    /**
     * Changes of the source may be left out on the replica, by the procedures that skip an error, a transaction or the rest of a log file.
     * The replica then differs from its source.
     */
    SKIPPED_CHANGES("allowSkippedChanges()"),
    /** Settings may be made in a parameter group that other instances or clusters have as well, which then get them, too. */
    SHARED_PARAMETER_GROUP("allowSharedParameterGroup()"),
    /**
     * Changes that somebody has asked AWS for and that wait for a maintenance window, such as another instance class, may take effect together
     * with a change of the plan's own, which AWS is told to make at once.
     */
    PENDING_CHANGES("allowPendingChanges()"),
    /**
     * The certificates that somebody has imported into an Aurora cluster may be replaced. A server does not show whether it has any, and those
     * that it had cannot be brought back.
     */
    TLS_MATERIAL_REPLACEMENT("allowTlsMaterialReplacement()"),
    /**
     * A monitor may start replication again, and point the replica at its source again, after a failover of the replica that stopped it or
     * lost its configuration. Only by GTIDs that prove where to go on, and only while no run works on the replica.
     */
    REPOINT_BY_MONITOR("allowRepointByMonitor()"),
    /**
     * A replica to which AWS itself replicates may be promoted, which ends its replication for good: connections may break, and what it has
     * not received by then stays away. For end plans.
     */
    REPLICA_PROMOTION("allow(Consent.REPLICA_PROMOTION)"),
    /**
     * A verification at one position may hold up writers on the source while its snapshot opens, at most the plan's lock window an attempt, and
     * stop the replica's applier until it was run to exactly there.
     */
    VERIFICATION_LOCK("allowVerificationLock()"),
    /**
     * A table for heartbeats may be made on the source, in a database of its own ({@link HeartbeatPlan#DATABASE}), and monitors that are asked to
     * may write a row of their own into it, once a second by default, for as long as they are open.
     */
    HEARTBEAT("allowHeartbeat()"),
    /**
     * The rows that a replica has in one table may be thrown away for a new copy of that table, and the table may be missing there until the replica has
     * come to the copy's position. For {@link CopyTablePlan}s.
     */
    TABLE_REPLACEMENT("allow(Consent.TABLE_REPLACEMENT)"),
    /**
     * A copy of one table may hold up writers on the source while its snapshot opens, at most the plan's lock window an attempt. For
     * {@link CopyTablePlan}s.
     */
    TABLE_COPY_LOCK("allow(Consent.TABLE_COPY_LOCK)"),
    /**
     * The replication account on the source may get another password, which only the replica is told: whoever else logs in with it is refused from then
     * on. For remedies of a diagnosis, and of no use in a plan.
     */
    ACCOUNT_PASSWORD_CHANGE("execute(Consent.ACCOUNT_PASSWORD_CHANGE)");

    private final String method;

    Consent(String method) {
        this.method = method;
    }

    /** The plan's method that gives it, for messages. */
    public String method() {
        return method;
    }
}
