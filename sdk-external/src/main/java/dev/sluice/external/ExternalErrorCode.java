// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.ErrorCode;

/** What goes wrong with servers that their owner runs. Immutable and thread-safe. */
public enum ExternalErrorCode implements ErrorCode {
    CHANGED_SINCE_COMPILED(
            "EXT-101",
            "The server is not as it was when the plan was compiled",
            "Compile the plan again: the step is then made for the server as it is"),
    SOURCE_NEEDS_RESTART(
            "EXT-111",
            "The source writes no binary log that replicas can follow, and only a restart can change that",
            "Restart the source with the options that the message names, or allow the run to ask for it"),
    RETENTION_TOO_LONG(
            "EXT-112", "The source cannot be told to keep its binary logs that long", "Ask for a shorter retention"),
    OPTION_OF_REPLICA(
            "EXT-113",
            "An option of the replica was given with the source",
            "Give the option with the replica: to(replica, option)"),
    ACCOUNT_HOST_UNKNOWN(
            "EXT-121",
            "It is not known from which host the replica logs in",
            "Name the host part of the replication account by replicationUserHost(…), such as the replica's address or 10.0.%"),
    ACCOUNTS_NOT_VISIBLE(
            "EXT-122",
            "The accounts of the source cannot be seen",
            "Let the user read them: GRANT SELECT ON mysql.* TO <user>"),
    ACCOUNT_EXISTS(
            "EXT-123",
            "The replication account exists and its password is not known",
            "Give the password by replicationUser(user, secret), choose another user, or drop the account"),
    ACCOUNT_NOT_USABLE(
            "EXT-124",
            "The replica cannot log in with the replication account",
            "Alter the account (ALTER USER … ACCOUNT UNLOCK, REQUIRE NONE or REQUIRE SSL), or choose another one"),
    ACCOUNT_DOES_MORE(
            "EXT-125",
            "An account that is to be dropped may do more than replicate",
            "Drop it by hand if nobody needs it, or take dropReplicationUser(…) off the plan"),
    OTHER_REPLICAS_ATTACHED(
            "EXT-131",
            "Other replicas need the source's binary log",
            "Stop the other replicas first, or take disableBinlog() off the plan"),
    SERVER_ID_CLASH(
            "EXT-201",
            "The replica's server id is none, or the one of the source",
            "Give the replica another server id, or allow the run to set one"),
    REPLICA_READ_ONLY(
            "EXT-202",
            "Nothing can be loaded into the replica because it is read-only",
            "SET GLOBAL super_read_only = OFF on the replica, if it is the right server"),
    REPLICA_HAS_REPLICAS(
            "EXT-203",
            "The replica's binary logs cannot be reset because other servers follow it",
            "Use withBinlogPosition(), or detach the replica's own replicas first"),
    FOLLOWS_ANOTHER_SOURCE(
            "EXT-204",
            "The replica's channel is configured for another source",
            "End that replication first, or use another replica"),
    REPLICA_AHEAD(
            "EXT-205",
            "The replica claims transactions of the source that the snapshot does not hold",
            "Reset the replica's GTIDs (RESET MASTER, from 8.2 on RESET BINARY LOGS AND GTIDS) if nobody needs its binary"
                    + " logs, or use an empty replica"),
    FILTER_RENAMES(
            "EXT-206",
            "The replica renames databases (replicate-rewrite-db)",
            "Take replicate-rewrite-db out of the replica's option file and run CHANGE REPLICATION FILTER"
                    + " REPLICATE_REWRITE_DB = ()"),
    SOURCE_UNREACHABLE(
            "EXT-211",
            "The replica cannot reach the source",
            "Let the replica's server reach the source's host and port; where the replica sees the source elsewhere, say so by"
                    + " reachableByReplicaAt(…)",
            Retry.CAN_HELP),
    LOGIN_REFUSED(
            "EXT-212",
            "The source refuses the replica's login",
            "Check the replication account's password, host part and demand for TLS, as the replica's address is seen by the"
                    + " source"),
    LINK_NOT_ENCRYPTED(
            "EXT-213",
            "The replica and the source do not agree on encryption",
            "Check that both speak a common version of TLS and that the CA file on the replica is the source's"),
    LOG_PURGED(
            "EXT-214",
            "The source no longer has the binary log that the replica needs",
            "Take a new snapshot, with a longer retention by retainBinlogs(…)"),
    POSITION_REFUSED(
            "EXT-215",
            "The source cannot read its binary log at the replica's position",
            "Compare the coordinates with the source's SHOW BINARY LOGS; take a new snapshot if the source crashed or was"
                    + " replaced; raise max_allowed_packet if the message names it"),
    SERVER_IDENTITY_CLASH(
            "EXT-216",
            "Two servers of the replication have the same server id or server UUID",
            "Give each server an id of its own; where a data directory was copied, delete its auto.cnf and restart"),
    GTID_MODES_CLASH(
            "EXT-217",
            "The GTID modes of source and replica do not fit",
            "Set gtid_mode alike on both servers, one step at a time, or use withBinlogPosition()"),
    RECEIVER_FAILED(
            "EXT-219",
            "The replica's receiver failed",
            "See the message; when its cause is gone, START REPLICA on the replica and resume the run"),
    CHANGE_OUTSIDE_COPY(
            "EXT-221",
            "A change of the source touches a database, table or routine that the replica does not hold",
            "Widen the scope and copy again, or bring the object onto the replica, START REPLICA and resume the run"),
    DATA_DIFFERS(
            "EXT-222",
            "A change of the source does not fit the replica's rows",
            "Somebody wrote on the replica, or the coordinates are not those of its data: copy again"),
    ACCOUNT_CHANGE(
            "EXT-223",
            "A change of accounts on the source does not fit the replica's accounts",
            "Create the account on the replica, START REPLICA and resume the run"),
    APPLIER_FAILED(
            "EXT-229",
            "The replica cannot apply a change of the source",
            "See the message; when its cause is gone, START REPLICA on the replica and resume the run"),
    BINLOG_FILTERED(
            "EXT-301",
            "The source leaves databases out of its binary log",
            "Take binlog-do-db and binlog-ignore-db out of the source's option file and restart it, or leave these databases"
                    + " out of the scope"),
    PASSWORDS_IN_LOG(
            "EXT-302",
            "The server writes statements with their passwords into its logs",
            "Start the server without log-raw, or switch its general log off for the time of the run");

    private final String id;
    private final String meaning;
    private final String remedy;
    private final Retry retry;

    ExternalErrorCode(String id, String meaning, String remedy) {
        this(id, meaning, remedy, Retry.POINTLESS);
    }

    ExternalErrorCode(String id, String meaning, String remedy, Retry retry) {
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
