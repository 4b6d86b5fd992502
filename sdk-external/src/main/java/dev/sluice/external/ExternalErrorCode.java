// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.ErrorCode;

/** What goes wrong with servers that their owner runs. Immutable and thread-safe. */
public enum ExternalErrorCode implements ErrorCode {
    /** EXT-101: the server is not as it was when the plan was compiled. */
    CHANGED_SINCE_COMPILED(
            "EXT-101",
            "The server is not as it was when the plan was compiled",
            "Compile the plan again: the step is then made for the server as it is"),
    /** EXT-111: the source writes no binary log that replicas can follow, and only a restart can change that. */
    SOURCE_NEEDS_RESTART(
            "EXT-111",
            "The source writes no binary log that replicas can follow, and only a restart can change that",
            "Restart the source with the options that the message names, or allow the run to ask for it"),
    /** EXT-112: the source cannot be told to keep its binary logs that long. */
    RETENTION_TOO_LONG(
            "EXT-112", "The source cannot be told to keep its binary logs that long", "Ask for a shorter retention"),
    /** EXT-113: an option of the replica was given with the source. */
    OPTION_OF_REPLICA(
            "EXT-113",
            "An option of the replica was given with the source",
            "Give the option with the replica: to(replica, option)"),
    /** EXT-121: it is not known from which host the replica logs in. */
    ACCOUNT_HOST_UNKNOWN(
            "EXT-121",
            "It is not known from which host the replica logs in",
            "Name the host part of the replication account by replicationUserHost(…), such as the replica's address or 10.0.%"),
    /** EXT-122: the accounts of the source cannot be seen. */
    ACCOUNTS_NOT_VISIBLE(
            "EXT-122",
            "The accounts of the source cannot be seen",
            "Let the user read them: GRANT SELECT ON mysql.* TO <user>"),
    /** EXT-123: the replication account exists and its password is not known. */
    ACCOUNT_EXISTS(
            "EXT-123",
            "The replication account exists and its password is not known",
            "If another run of this plan is under way, await or cancel that one. Else give the password by replicationUser(user, secret), choose another user, or, if nobody uses it, drop the account"),
    /** EXT-124: the replica cannot log in with the replication account. */
    ACCOUNT_NOT_USABLE(
            "EXT-124",
            "The replica cannot log in with the replication account",
            "Alter the account (ALTER USER … ACCOUNT UNLOCK, REQUIRE NONE or REQUIRE SSL), or choose another one"),
    /** EXT-125: an account that is to be dropped may do more than replicate. */
    ACCOUNT_DOES_MORE(
            "EXT-125",
            "An account that is to be dropped may do more than replicate",
            "Drop it by hand if nobody needs it, or take dropReplicationUser(…) off the plan"),
    /** EXT-126: the replica knows no source. */
    NOTHING_TO_START(
            "EXT-126",
            "The replica knows no source, so that there is nothing to start",
            "Set the replication up by a ReplicationPlan"),
    /** EXT-127: the replica has lost its filter, and nobody says what it was. */
    FILTER_NOT_KNOWN(
            "EXT-127",
            "The replica has no replication filter, as after a restart, and what it was is not known",
            "Start it by the plan that has set it up, which sets the filter again: sluice.live(plan).start(), or"
                    + " PausePlan.start(plan)"),
    /** EXT-128: the replica has another filter than the plan's scope. */
    FILTER_DIFFERS(
            "EXT-128",
            "The replica has another replication filter than the plan's scope, and what it kept out would be missing",
            "Use the plan that the replication was set up with, or end it with EndPlan.of(replica) and begin anew"),
    /** EXT-129: other replicas use an account that is to be dropped. */
    ACCOUNT_SHARED(
            "EXT-129",
            "Other replicas use an account that is to be dropped",
            "Give them an account of their own first (CHANGE REPLICATION SOURCE TO SOURCE_USER = …), or take dropReplicationUser(…) off"
                    + " the plan"),
    /** EXT-131: other replicas need the source's binary log. */
    OTHER_REPLICAS_ATTACHED(
            "EXT-131",
            "Other replicas need the source's binary log",
            "Stop the other replicas first, or take disableBinlog() off the plan"),
    /** EXT-132: the source has no binary log of the name up to which they are to be deleted. */
    NO_SUCH_BINLOG(
            "EXT-132",
            "The source has no binary log of the name up to which they are to be deleted",
            "See SHOW BINARY LOGS on the source, and name the first file that is to stay by purgeBinlogsTo(…)"),
    /** EXT-133: somebody needs binary logs that are to be deleted. */
    BINLOG_NEEDED(
            "EXT-133",
            "Somebody needs binary logs that are to be deleted",
            "Wait until all replicas have applied them, name an earlier file by purgeBinlogsTo(…), or take it off the plan"),
    /** EXT-201: the replica's server id is none, or the one of the source. */
    SERVER_ID_CLASH(
            "EXT-201",
            "The replica's server id is none, or the one of the source",
            "Give the replica another server id, or allow the run to set one"),
    /** EXT-202: nothing can be loaded into the replica because it is read-only. */
    REPLICA_READ_ONLY(
            "EXT-202",
            "Nothing can be loaded into the replica because it is read-only",
            "SET GLOBAL super_read_only = OFF on the replica, if it is the right server"),
    /** EXT-203: the replica's binary logs cannot be reset because other servers follow it. */
    REPLICA_HAS_REPLICAS(
            "EXT-203",
            "The replica's binary logs cannot be reset because other servers follow it",
            "Use withBinlogPosition(), or detach the replica's own replicas first"),
    /** EXT-204: the replica's channel is configured for another source. */
    FOLLOWS_ANOTHER_SOURCE(
            "EXT-204",
            "The replica's channel is configured for another source",
            "End that replication first, or use another replica"),
    /** EXT-205: the replica claims transactions of the source that the snapshot does not hold. */
    REPLICA_AHEAD(
            "EXT-205",
            "The replica claims transactions of the source that the snapshot does not hold",
            "Reset the replica's GTIDs (RESET MASTER, from 8.2 on RESET BINARY LOGS AND GTIDS) if nobody needs its binary"
                    + " logs, or use an empty replica"),
    /** EXT-230: nobody recorded which transactions the snapshot holds. */
    GTIDS_UNKNOWN(
            "EXT-230",
            "Which transactions the snapshot holds was not recorded, so that a replica cannot follow GTIDs from it",
            "Switch GTIDs on at the source before the snapshot is taken, or follow file and position: withBinlogPosition()"),
    /** EXT-206: the replica renames databases (replicate-rewrite-db). */
    FILTER_RENAMES(
            "EXT-206",
            "The replica renames databases (replicate-rewrite-db)",
            "Take replicate-rewrite-db out of the replica's option file and run CHANGE REPLICATION FILTER"
                    + " REPLICATE_REWRITE_DB = ()"),
    /** EXT-211: the replica cannot reach the source. */
    SOURCE_UNREACHABLE(
            "EXT-211",
            "The replica cannot reach the source",
            "Let the replica's server reach the source's host and port; where the replica sees the source elsewhere, say so by"
                    + " reachableByReplicaAt(…)",
            Retry.CAN_HELP),
    /** EXT-212: the source refuses the replica's login. */
    LOGIN_REFUSED(
            "EXT-212",
            "The source refuses the replica's login",
            "Check the replication account's password, host part and demand for TLS, as the replica's address is seen by the"
                    + " source"),
    /** EXT-213: the replica and the source do not agree on encryption. */
    LINK_NOT_ENCRYPTED(
            "EXT-213",
            "The replica and the source do not agree on encryption",
            "Check that both speak a common version of TLS and that the CA file on the replica is the source's"),
    /** EXT-214: the source no longer has the binary log that the replica needs. */
    LOG_PURGED(
            "EXT-214",
            "The source no longer has the binary log that the replica needs",
            "Take a new snapshot, with a longer retention by retainBinlogs(…)"),
    /** EXT-215: the source cannot read its binary log at the replica's position. */
    POSITION_REFUSED(
            "EXT-215",
            "The source cannot read its binary log at the replica's position",
            "Compare the coordinates with the source's SHOW BINARY LOGS; take a new snapshot if the source crashed or was"
                    + " replaced; raise max_allowed_packet if the message names it"),
    /** EXT-216: two servers of the replication have the same server id or server UUID. */
    SERVER_IDENTITY_CLASH(
            "EXT-216",
            "Two servers of the replication have the same server id or server UUID",
            "Give each server an id of its own; where a data directory was copied, delete its auto.cnf and restart"),
    /** EXT-217: the GTID modes of source and replica do not fit. */
    GTID_MODES_CLASH(
            "EXT-217",
            "The GTID modes of source and replica do not fit",
            "Set gtid_mode alike on both servers, one step at a time, or use withBinlogPosition()"),
    /** EXT-219: the replica's receiver failed. */
    RECEIVER_FAILED(
            "EXT-219",
            "The replica's receiver failed",
            "See the message; when its cause is gone, START REPLICA on the replica and start the plan again, which keeps what is"
                    + " there; or abandon the run and start the plan anew"),
    /** EXT-222: a change of the source does not fit the replica's rows. */
    DATA_DIFFERS(
            "EXT-222",
            "A change of the source does not fit the replica's rows",
            "Somebody wrote on the replica, or the coordinates are not those of its data: copy again"),
    /** EXT-223: a change of accounts on the source does not fit the replica's accounts. */
    ACCOUNT_CHANGE(
            "EXT-223",
            "A change of accounts on the source does not fit the replica's accounts",
            "Create the account on the replica, START REPLICA and start the plan again, which keeps what is there; or abandon the run and"
                    + " start the plan anew"),
    /** EXT-229: the replica cannot apply a change of the source. */
    APPLIER_FAILED(
            "EXT-229",
            "The replica cannot apply a change of the source",
            "See the message; when its cause is gone, START REPLICA on the replica and start the plan again, which keeps what is"
                    + " there; or abandon the run and start the plan anew"),
    /** EXT-260: a table that is to be copied anew has foreign keys, or is referred to by some. */
    TABLE_HAS_FOREIGN_KEYS(
            "EXT-260",
            "A table with foreign keys, to it or from it, cannot be copied anew by itself: while it is missing, rows of other tables"
                    + " would be refused or cascade",
            "Repair its rows by the statements of a comparison, or copy everything again"),
    /** EXT-261: a table that is to be copied anew has triggers. */
    TABLE_HAS_TRIGGERS(
            "EXT-261",
            "A table with triggers cannot be copied anew by itself: triggers stay with the old table",
            "Drop the triggers on both servers, copy the table, and create them again; or repair its rows by the statements of a"
                    + " comparison"),
    /** EXT-262: the source logs statements, which may be about several tables at once. */
    LOGS_STATEMENTS(
            "EXT-262",
            "The source logs statements, and one that is about this table and another would be left out for both",
            "Set binlog_format to ROW on the source, have its sessions connect anew, and wait until the replica has applied what was"
                    + " logged before"),
    /** EXT-263: other servers replicate from the replica. */
    REPLICA_IS_FOLLOWED(
            "EXT-263",
            "Other servers replicate from the replica, and the table would differ there afterwards",
            "Copy the table on these servers first, or copy everything again"),
    /** EXT-264: the replica has more than one channel. */
    MORE_CHANNELS(
            "EXT-264",
            "The replica has more channels than the plan's, whose filters would change with it",
            "Repair the rows by the statements of a comparison"),
    /** EXT-265: the replica's filter is not the one of the plan. */
    FILTER_NOT_OF_PLAN(
            "EXT-265",
            "The replica's filter is not the plan's, and could not be changed and brought back for certain",
            "Give the plan that has set the replication up; after a restart of the replica set the filter again first:"
                    + " sluice.live(plan).start()"),
    /** EXT-266: the replica has gone past the copy's position. */
    POSITION_PASSED(
            "EXT-266",
            "The replica has gone past the position of the table's copy, so that changes of the table may be missing from it",
            "Abandon the run; if the table is missing on the replica then, move the old one back (RENAME TABLE, in a session with"
                    + " sql_log_bin = 0) and start the plan anew"),
    /** EXT-267: the tables are not where the run has left them. */
    TABLES_MOVED(
            "EXT-267",
            "The table, its copy and the old table are not where this plan leaves them",
            "Before a copy, only the table itself may be there: move the old one back (RENAME TABLE, in a session with sql_log_bin = 0)"
                    + " if the table is missing, drop what is left in the other databases, and start the plan anew"),
    /** EXT-268: there is no such table. */
    NO_SUCH_TABLE(
            "EXT-268",
            "The table is not there, or is a view",
            "Correct the table's name; both servers have to have it"),
    /** EXT-269: the replica passes over errors that would tell that a table is missing. */
    ERRORS_SKIPPED(
            "EXT-269",
            "The replica is told to pass over errors, and would go on where a change of the missing table has to stop it",
            "Start the replica without replica_skip_errors (slave_skip_errors)"),
    /** EXT-302: the server writes statements with their passwords into its logs. */
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
