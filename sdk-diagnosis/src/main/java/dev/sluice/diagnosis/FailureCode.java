// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.error.ErrorCode;

/** What a diagnosis finds. Immutable and thread-safe. */
public enum FailureCode implements ErrorCode {
    /** CORE-801: the source has no binary log of the name that the replica asks for. */
    LOG_FILE_GONE(
            "CORE-801",
            "The source has no binary log of the name that the replica asks for",
            "Copy again with a longer retention; if the name is not one of the source's at all, see that the replica asks the right server"),
    /** CORE-802: the source has removed binary logs with transactions that the replica does not have. */
    GTIDS_PURGED(
            "CORE-802",
            "The source has removed binary logs with transactions that the replica does not have",
            "Copy again with a longer retention: retainBinlogs(…)"),
    /** CORE-803: the source's binary log has no event at the place where the replica wants to go on. */
    POSITION_IMPOSSIBLE(
            "CORE-803",
            "The source's binary log has no event at the place where the replica wants to go on",
            "Compare the position with SHOW BINARY LOGS on the source; after a crash or a change of the source copy again"),
    /** CORE-804: another replica with the same server UUID is connected to the source, and they throw each other out. */
    IDENTITY_TAKEN(
            "CORE-804",
            "Another replica with the same server UUID is connected to the source, and they throw each other out",
            "Delete auto.cnf in the data directory of the copied server, restart it with --skip-replica-start, and start replication by sluice.live(plan).start(), which sets the filter again that a restart loses"),
    /** CORE-805: a change is larger than the packets that the replica takes. */
    PACKET_TOO_SMALL(
            "CORE-805",
            "A change is larger than the packets that the replica takes",
            "Raise replica_max_allowed_packet (slave_max_allowed_packet before 8.0.26) on the replica"),
    /** CORE-806: the server that the replica follows writes no binary log. */
    BINLOG_OFF(
            "CORE-806",
            "The server that the replica follows writes no binary log",
            "Switch its binary log on, or point the replica at the writer if it asks a reader; what was not logged needs a new copy"),
    /** CORE-807: the GTID modes of source and replica do not let one follow the other. */
    GTID_MODES(
            "CORE-807",
            "The GTID modes of source and replica do not let one follow the other",
            "Bring gtid_mode of both servers into line, one step at a time"),
    /** CORE-808: source and replica have the same server_id. */
    SERVER_IDS_EQUAL("CORE-808", "Source and replica have the same server_id", "Give the replica another server_id"),
    /** CORE-809: source and replica have the same server UUID: one is a copy of the other's data directory. */
    SERVER_UUIDS_EQUAL(
            "CORE-809",
            "Source and replica have the same server UUID: one is a copy of the other's data directory",
            "Delete auto.cnf in the data directory of the copied server, restart it with --skip-replica-start, and start replication by sluice.live(plan).start(), which sets the filter again that a restart loses"),
    /** CORE-810: the replica cannot reach its source. */
    SOURCE_UNREACHABLE(
            "CORE-810",
            "The replica cannot reach its source",
            "See that the source runs, that firewalls and routes let the replica through, and that the address is still the source's"),
    /** CORE-811: the source refuses the replica's login. */
    LOGIN_REFUSED(
            "CORE-811",
            "The source refuses the replica's login",
            "See the account: its password, its host part, whether it is locked or expired, and whether it may replicate"),
    /** CORE-812: the source has blocked the replica's host after many broken connections. */
    HOST_BLOCKED(
            "CORE-812",
            "The source has blocked the replica's host after many broken connections",
            "Run TRUNCATE TABLE performance_schema.host_cache on the source (FLUSH HOSTS before 8.0), and see why the connections broke"),
    /** CORE-813: the replication account's plugin sends its password only over TLS or with the source's key. */
    PASSWORD_NEEDS_ENCRYPTION(
            "CORE-813",
            "The replication account's plugin sends its password only over TLS or with the source's key",
            "Encrypt the connection, or let the replica ask the source for its key"),
    /** CORE-814: the source takes encrypted connections only, and the replica's is not. */
    TLS_DEMANDED(
            "CORE-814",
            "The source takes encrypted connections only, and the replica's is not",
            "Encrypt the connection"),
    /** CORE-815: replica and source do not agree on TLS. */
    TLS_FAILED(
            "CORE-815",
            "Replica and source do not agree on TLS",
            "See that both speak a common version of TLS, and that the replica's CA file is that of the source's certificate"),
    /** CORE-816: the source inserts a row whose key the replica has already. */
    DUPLICATE_ROW(
            "CORE-816",
            "The source inserts a row whose key the replica has already",
            "Find out who wrote on the replica; remove that row there, or leave the transaction out knowingly; a replica that was set up with coordinates before its data is copied again"),
    /** CORE-817: the source changes or deletes a row that the replica does not have. */
    ROW_MISSING(
            "CORE-817",
            "The source changes or deletes a row that the replica does not have",
            "Find out who wrote on the replica; leave the transaction out knowingly, or copy again"),
    /** CORE-818: a change needs a database, table, routine or event that the replica does not have. */
    OBJECT_MISSING(
            "CORE-818",
            "A change needs a database, table, routine or event that the replica does not have",
            "Make it part of the scope and copy again, or leave the transaction out knowingly"),
    /** CORE-819: the source creates something that the replica has already. */
    OBJECT_EXISTS(
            "CORE-819",
            "The source creates something that the replica has already",
            "Find out who created it there; leave the transaction out if both are alike, or remove what is on the replica"),
    /** CORE-820: the replica cannot read its own relay log. */
    RELAY_LOG_UNREADABLE(
            "CORE-820", "The replica cannot read its own relay log", "Fetch again what was not applied yet"),
    /** CORE-821: a column has another type on the replica, and its values are not converted. */
    COLUMN_NOT_CONVERTED(
            "CORE-821",
            "A column has another type on the replica, and its values are not converted",
            "Give the column the source's type, or let the replica convert what loses nothing"),
    /** CORE-822: the replica does not know a collation, character set or variable of the source. */
    COLLATION_UNKNOWN(
            "CORE-822",
            "The replica does not know a collation, character set or variable of the source",
            "Use a replica of the source's version or newer; convert on the source what the replica does not know"),
    /** CORE-823: a change of accounts on the source does not fit the replica's accounts. */
    ACCOUNT_CHANGE(
            "CORE-823",
            "A change of accounts on the source does not fit the replica's accounts",
            "Leave the transaction out if the replica has accounts of its own, or create the account there"),
    /** CORE-824: a routine, trigger or view needs a definer that the replica does not have. */
    DEFINER_MISSING(
            "CORE-824",
            "A routine, trigger or view needs a definer that the replica does not have",
            "Create the account on the replica, then start replication"),
    /** CORE-825: the replica has no space left for a change, or for its logs. */
    REPLICA_FULL(
            "CORE-825",
            "The replica has no space left for a change, or for its logs",
            "Free or add storage, then start replication"),
    /** CORE-826: the applier waited for a lock in vain, again and again. */
    LOCKED(
            "CORE-826",
            "The applier waited for a lock in vain, again and again",
            "See who holds it (sys.innodb_lock_waits), then start replication"),
    /** CORE-827: the replica enforces GTID consistency, and a change of the source is not consistent. */
    GTID_VIOLATION(
            "CORE-827",
            "The replica enforces GTID consistency, and a change of the source is not consistent",
            "Set enforce_gtid_consistency alike on both servers, or leave the transaction out knowingly"),
    /** CORE-828: the source's binary log holds events that the replica does not understand. */
    EVENT_UNKNOWN(
            "CORE-828",
            "The source's binary log holds events that the replica does not understand",
            "Switch off on the source what the replica's version does not know: binlog_transaction_compression, binlog_row_value_options, GTIDs with tags"),
    /** CORE-829: replication stands still without an error: somebody stopped it, or the replica restarted and does not start it. */
    STOPPED(
            "CORE-829",
            "Replication stands still without an error: somebody stopped it, or the replica restarted and does not start it",
            "See that nobody works on the replica and that it has its filter, then start replication"),
    /** CORE-830: the server replicates from nowhere. */
    NOT_CONFIGURED("CORE-830", "The server replicates from nowhere", "Set a replication up by a ReplicationPlan"),
    /** CORE-831: the replica's receiver failed. */
    RECEIVER_FAILED(
            "CORE-831", "The replica's receiver failed", "See the message; when its cause is gone, start replication"),
    /** CORE-832: the replica cannot apply a change of the source. */
    APPLIER_FAILED(
            "CORE-832",
            "The replica cannot apply a change of the source",
            "See the message; when its cause is gone, start replication"),
    /** CORE-833: the source that was named could not be asked, so that the diagnosis knows the replica's side only. */
    SOURCE_NOT_ASKED(
            "CORE-833",
            "The source that was named could not be asked, so that the diagnosis knows the replica's side only",
            "See the message"),
    /** CORE-861: the source has lost transactions that the replica has from it. */
    SOURCE_BEHIND(
            "CORE-861",
            "The source has lost transactions that the replica has from it",
            "See what they were while the replica still has them, and copy again; do not start replication as it is");

    private final String id;
    private final String meaning;
    private final String remedy;

    FailureCode(String id, String meaning, String remedy) {
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
