// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;

/** What rules and checks find about the logs, and about how they are followed. */
enum LogCode implements ErrorCode {
    BINLOG_FILTERED(
            "CORE-754",
            "The source leaves databases out of its binary log, so that the replica never learns of their changes",
            "Take binlog-do-db and binlog-ignore-db out of the source's option file, or its parameter group, and restart it"),
    LOG_NOT_UNDERSTOOD(
            "CORE-755",
            "The source writes events that the replica does not understand",
            "Switch off on the source what the message names, and let sessions connect anew, or use a newer replica"),
    CHECKSUM_OFF(
            "CORE-756",
            "The source writes its binary log without checksums, so that nobody sees when an event was damaged on its way",
            "SET GLOBAL binlog_checksum = CRC32 on the source"),
    SOURCE_NOT_DURABLE(
            "CORE-757",
            "The source may lose its last transactions in a crash, which the replica may have got or not: then they differ",
            "Set sync_binlog = 1 and innodb_flush_log_at_trx_commit = 1 on the source, or compare the two after each crash of it"),
    REPLICA_NOT_CRASH_SAFE(
            "CORE-758",
            "After a crash the replica may apply transactions a second time, which stops it",
            "Set relay_log_info_repository = TABLE and relay_log_recovery = ON on the replica"),
    SINGLE_APPLIER(
            "CORE-759",
            "The replica applies one transaction at a time, and may fall behind a source that many sessions write to",
            "Set replica_parallel_workers (slave_parallel_workers before 8.0.26) to 4 or more, with replica_preserve_commit_order = ON"),
    OWN_TRANSACTIONS(
            "CORE-760",
            "The replica has transactions that the source does not have; should the roles ever be swapped, the source would apply them",
            "Nothing for a replication in this direction; before roles are swapped, look at them or begin with an empty replica"),
    SESSION_FORMATS(
            "CORE-761",
            "Sessions on the source write the binary log otherwise than its global settings say, or not at all",
            "Let these applications connect anew, and take SET SESSION of these variables out of them"),
    SERVER_ID_TAKEN(
            "CORE-762",
            "Another replica of the source has this replica's server id: the source hangs up on one when the other connects",
            "Give one of them another server_id"),
    TLS_VERSIONS(
            "CORE-763",
            "The servers have no version of TLS in common, so that the replica may not get an encrypted connection",
            "Allow one version on both (tls_version), or upgrade the older server"),
    HOST_BLOCKED(
            "CORE-764",
            "The source lets nobody in from a host after too many failed connections",
            "TRUNCATE TABLE performance_schema.host_cache on the source (FLUSH HOSTS on 5.7), and raise max_connect_errors"),
    ACCOUNT_UNPROVEN(
            "CORE-780",
            "The replication account is there, and could not be seen to read the source's log",
            "See the cause in the message: REPLICATION SLAVE, the start position, the password, or a host part that lets only the replica in");

    private final String id;
    private final String meaning;
    private final String remedy;

    LogCode(String id, String meaning, String remedy) {
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
