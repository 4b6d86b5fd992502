// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.error.ErrorCode;

/** What goes wrong with servers of RDS for MySQL. Immutable and thread-safe. */
public enum RdsErrorCode implements ErrorCode {
    /** RDS-374: the replica's storage may be too small. */
    STORAGE_SMALL(
            "RDS-374",
            "The replica has less storage than the scope takes on the source",
            "Give the instance more storage, or a larger limit for it to grow to by itself"),
    /** RDS-111: the source writes no binary log because its automated backups are off. */
    NO_BINLOG(
            "RDS-111",
            "The source writes no binary log because its automated backups are off",
            "Allow the change of backup retention on the plan, or switch automated backups on: it is a short outage"),
    /** RDS-132: the source can write no binary log only without automated backups, and those that there are get deleted. */
    BACKUPS_WOULD_END(
            "RDS-132",
            "The source can write no binary log only without automated backups, and those that there are get deleted",
            "Allow the change of backup retention on the plan, or take disableBinlog() off it"),
    /** RDS-352: automated backups of the replica are off, and switching them on restarts it. */
    BACKUPS_NEED_RESTART(
            "RDS-352",
            "Automated backups of the replica are off, and switching them on restarts it",
            "Allow the change of backup retention on the plan, or take keepingBackups() off it: it is a short outage");

    private final String id;
    private final String meaning;
    private final String remedy;

    RdsErrorCode(String id, String meaning, String remedy) {
        this.id = id;
        this.meaning = meaning;
        this.remedy = remedy;
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
}
