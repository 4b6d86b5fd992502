// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.ErrorCode;

/** What goes wrong with servers that Amazon manages, on RDS and Aurora alike. Immutable and thread-safe. */
public enum ManagedErrorCode implements ErrorCode {
    /** RDS-101: the server is not as it was when the plan was compiled. */
    CHANGED_SINCE_COMPILED(
            "RDS-101",
            "The server is not as it was when the plan was compiled",
            "Compile the plan again: the step is then made for the server as it is"),
    /** RDS-112: the source cannot keep binary logs for as long as the plan asks. */
    RETENTION_OUT_OF_RANGE(
            "RDS-112",
            "The source cannot keep binary logs for as long as the plan asks",
            "Ask for less: RDS for MySQL keeps them for at most 168 hours, Aurora MySQL for 2160; on RDS a read replica whose"
                    + " replication is stopped holds the primary's logs for up to 30 days, which"
                    + " RdsOption.keepingBinlogsByReadReplica() with the source makes"),
    /** RDS-113: the server does not offer a procedure that RDS and Aurora have. */
    PROCEDURE_MISSING(
            "RDS-113",
            "The server does not offer a procedure that RDS and Aurora have",
            "Check that the endpoint is an instance of RDS for MySQL or a cluster of Aurora MySQL, and that the user may execute procedures in schema mysql"),
    /** RDS-114: the replica's connection to the source cannot be encrypted. */
    SOURCE_WITHOUT_TLS(
            "RDS-114",
            "The replica's connection to the source cannot be encrypted",
            "Turn TLS on at the source, or allow plain text on the plan"),
    /** RDS-121: it is not known from which host the replica logs in. */
    ACCOUNT_HOST_UNKNOWN(
            "RDS-121",
            "It is not known from which host the replica logs in",
            "Name the host part of the replication account by replicationUserHost(…), such as 10.0.%"),
    /** RDS-127: the replication account is bound to a host name, which the source does not look up. */
    ACCOUNT_HOST_BY_NAME(
            "RDS-127",
            "The replication account is bound to a host name, which the source does not look up",
            "Name an address or a network by replicationUserHost(…), such as 10.0.%: Aurora never looks names up"),
    /** RDS-122: the accounts of the source cannot be seen. */
    ACCOUNTS_NOT_VISIBLE(
            "RDS-122",
            "The accounts of the source cannot be seen",
            "Use the master user, or let the user read them: GRANT SELECT ON mysql.* TO <user>"),
    /** RDS-123: the replication account exists and its password is not known. */
    ACCOUNT_EXISTS(
            "RDS-123",
            "The replication account exists and its password is not known",
            "If another run of this plan is under way, await or cancel that one. Else give the password by replicationUser(user, secret), choose another user, or, if nobody uses it, drop the account"),
    /** RDS-124: the replica cannot log in with the replication account. */
    ACCOUNT_NOT_USABLE(
            "RDS-124",
            "The replica cannot log in with the replication account",
            "Alter the account (ALTER USER … ACCOUNT UNLOCK, REQUIRE NONE or REQUIRE SSL), or choose another one"),
    /** RDS-125: an account that is to be dropped may do more than replicate. */
    ACCOUNT_DOES_MORE(
            "RDS-125",
            "An account that is to be dropped may do more than replicate",
            "Drop it by hand if nobody needs it, or take dropReplicationUser(…) off the plan"),
    /** RDS-126: the replica knows no source. */
    NOTHING_TO_START(
            "RDS-126",
            "The replica knows no source, so that there is nothing to start",
            "Set the replication up by a ReplicationPlan"),
    /** RDS-129: other replicas use an account that is to be dropped. */
    ACCOUNT_SHARED(
            "RDS-129",
            "Other replicas use an account that is to be dropped",
            "Give them an account of their own first (mysql.rds_set_external_source, or CHANGE REPLICATION SOURCE TO), or take"
                    + " dropReplicationUser(…) off the plan"),
    /** RDS-131: other replicas need the source's binary log. */
    OTHER_REPLICAS_ATTACHED(
            "RDS-131",
            "Other replicas need the source's binary log",
            "Stop or delete the other replicas first, or take disableBinlog() off the plan"),
    /** RDS-201: the replica cannot be told which transactions the snapshot holds, so that it cannot follow GTIDs. */
    GTID_NOT_SEEDED(
            "RDS-201",
            "The replica cannot be told which transactions the snapshot holds, so that it cannot follow GTIDs",
            "Follow file and position: withBinlogPosition()"),
    /** RDS-202: the replica's parameter group does not hold the filter of the plan's scope, or cannot. */
    FILTER_NOT_SET(
            "RDS-202",
            "The replica's parameter group does not hold the filter of the plan's scope, or cannot",
            "Take the names off the plan, so that everything is replicated, or choose a replica that has such filters"),
    /** RDS-206: the replica has GTIDs of the source that the snapshot does not hold. */
    REPLICA_AHEAD(
            "RDS-206",
            "The replica has GTIDs of the source that the snapshot does not hold",
            "Take a new snapshot into an empty replica: gtid_executed cannot be made smaller on a managed server"),
    /** RDS-207: the replica has no means for something that the plan asks of it. */
    NOT_OFFERED(
            "RDS-207",
            "The replica has no means for something that the plan asks of it",
            "Take the option off the plan, or choose a replica of a version that has it"),
    /** RDS-208: a private key would travel unencrypted. */
    KEY_IN_PLAIN_TEXT(
            "RDS-208",
            "A private key would travel unencrypted",
            "Let the endpoint connect with TLS, or take the certificates off the plan"),
    /** RDS-212: others have the parameter group that would be changed. */
    GROUP_SHARED(
            "RDS-212",
            "Others have the parameter group that would be changed",
            "Give the server a parameter group of its own, or add .allowSharedParameterGroup() to the plan"),
    /** RDS-232: what the source writes for itself would stop the replica. */
    HEARTBEAT_GETS_THROUGH(
            "RDS-232",
            "What the source writes into mysql.rds_heartbeat2 for itself would stop the replica, or nobody can tell that it does not",
            "Compile the plan again, so that it has the replica leave that table out, or set"
                    + " replicate-wild-ignore-table=mysql.%,sys.%,information\\_schema.%,performance\\_schema.% in the replica's parameter"
                    + " group; a replica without filters has to write its own row first, which takes it a few minutes"),
    /** RDS-209: nothing proves where replication has to go on after a failover. */
    REPOINT_UNPROVEN(
            "RDS-209",
            "Nothing proves where replication has to go on after a failover",
            "Nothing was changed on the new server. Load the replica anew: empty it, and start the plan again; a replica that follows GTIDs"
                    + " can be pointed again"),
    /** RDS-210: a server does not say what every server says. */
    NO_ANSWER(
            "RDS-210",
            "A server does not say what every server says",
            "See whether the endpoint leads to MySQL, and whether something stands before it"),
    /** RDS-211: for whom a port is to be opened is not known. */
    PEER_UNKNOWN(
            "RDS-211",
            "For whom a port is to be opened is not known",
            "Name the replica's range of addresses or its security group: openingPort(securityGroup, peer)"),
    /** RDS-115: the replica cannot encrypt its connection to the source. */
    REPLICA_WITHOUT_TLS(
            "RDS-115",
            "The replica cannot encrypt its connection to the source",
            "Upgrade the replica, or allow plain text on the plan"),
    /** RDS-312: the replica cannot be stopped at exactly one position. */
    NOT_AT_A_POSITION(
            "RDS-312",
            "The replica cannot be stopped at exactly one position of its source",
            "Compare while replication goes on: leave out verifyAtOnePosition(); or set replica_parallel_workers to 0 or 1, where that is"
                    + " the reason"),
    /** RDS-372: the source does not write its changes as whole rows. */
    LOG_NOT_IN_ROWS(
            "RDS-372",
            "The source does not write all its changes as whole rows into its binary log",
            "Set binlog_format = ROW and binlog_row_image = FULL in its parameter group, and let sessions connect anew; on Aurora reboot the"
                    + " writer"),
    /** RDS-373: nothing keeps AWS from removing binary logs that the replica still needs. */
    RETENTION_UNSET(
            "RDS-373",
            "Nothing keeps AWS from removing binary logs that the replica still needs",
            "Ask for a retention: retainBinlogs(Duration.ofHours(24))"),
    /** RDS-203: the replica is a read replica that RDS manages. */
    MANAGED_REPLICA(
            "RDS-203",
            "The replica is a read replica that RDS manages",
            "Promote it first, or choose another instance"),
    /** RDS-204: the replica is configured to follow another source. */
    FOLLOWS_ANOTHER_SOURCE(
            "RDS-204",
            "The replica is configured to follow another source",
            "End that replication first, or choose another replica"),
    /** RDS-205: the replica cannot follow the source. */
    REPLICATION_FAILED(
            "RDS-205",
            "The replica cannot follow the source",
            "See the message: it is the replica's own; SHOW REPLICA STATUS on the replica shows more");

    private final String id;
    private final String meaning;
    private final String remedy;

    ManagedErrorCode(String id, String meaning, String remedy) {
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
