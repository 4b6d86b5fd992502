// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;

/** What rules find in the servers' facts. */
enum RuleCode implements ErrorCode {
    SAME_SERVER(
            "CORE-201",
            "Source and replica are one server, or one is a copy of the other's data directory",
            "Name two servers; after a copy of a data directory delete auto.cnf on one of them and restart it"),
    CIRCLE(
            "CORE-202",
            "The source replicates from the replica",
            "End that replication first: in a circle each change would come back to where it began"),
    SOURCE_NEWER(
            "CORE-203",
            "The source's release series is newer than the replica's",
            "Use a replica of the same series or of the next one"),
    PAIR_NOT_ADJACENT(
            "CORE-204",
            "MySQL does not support replication between these two release series",
            "Go by way of a server of the series between them, or add .allowUnsupportedPair() to the plan"),
    NO_TLS(
            "CORE-205",
            "A server offers no TLS, so that passwords and rows would travel readable for everybody",
            "Turn TLS on at the server, or add .allowPlainText() to the plan"),
    GTID_NOT_ON(
            "CORE-206",
            "The plan follows GTIDs, and a server does not have gtid_mode=ON",
            "Turn enforce_gtid_consistency and gtid_mode on in MySQL's documented steps, or use withBinlogPosition()"),
    GTID_MODES_CLASH(
            "CORE-207",
            "The two servers' GTID modes do not let one replicate from the other",
            "Bring gtid_mode of both servers into line, one step at a time as MySQL documents it"),
    REPLICA_FOLLOWS_ANOTHER(
            "CORE-208",
            "The replica already replicates by a channel that is not this plan's",
            "End that replication with EndPlan.of(replica) first, or use another replica"),
    NOT_TRANSACTIONAL(
            "CORE-209",
            "Tables in the scope have an engine other than InnoDB, whose rows no consistent snapshot holds",
            "Convert them on the source, or leave them out with withoutTables(…)"),
    NAME_CASE(
            "CORE-210",
            "lower_case_table_names differs, so that the servers disagree on which names are the same",
            "Use a replica that was initialised with the source's lower_case_table_names"),
    FOREIGN_START(
            "CORE-211",
            "The start coordinates are those of another server",
            "Give coordinates that were read on this source"),
    START_WITHOUT_GTIDS(
            "CORE-212",
            "The plan follows GTIDs from coordinates that hold none",
            "Give coordinates with a GTID set, or use withBinlogPosition()"),
    RELAY_NOT_LOGGED(
            "CORE-213",
            "The source is itself a replica and does not write what it receives into its own binary log",
            "Restart it with log_replica_updates=ON (log_slave_updates before 8.0.26), or replicate from its own source"),
    ACCOUNT_HOST_BY_NAME(
            "CORE-214",
            "The replication account's host is a name, and the source does not resolve names",
            "Name the replica's IP address or a pattern of it: replicationUserHost(\"10.0.%\")"),
    REPLICA_READ_ONLY(
            "CORE-215",
            "The replica is read-only, so that nothing can be loaded into it",
            "Switch it off: SET GLOBAL super_read_only = OFF, read_only = OFF; the run makes the replica read-only after the load"),
    SCOPE_EMPTY(
            "CORE-216",
            "The scope names databases or tables and leaves all of them out again",
            "Take the exclusion out of the plan"),
    DATABASE_UNKNOWN(
            "CORE-217",
            "A database of the scope is not on the source, or its user may not see it",
            "Correct the name, create the database, or grant the user privileges on it"),
    END_OF_ANOTHER(
            "CORE-218",
            "The replica follows another server than the one that the plan to end it names",
            "Name the server that the replica follows, or leave source(…) out"),
    PRIVILEGE_MISSING(
            "CORE-219", "A user of the plan lacks a privilege", "Grant it as the message says, or use another user"),
    GRANTS_UNKNOWN(
            "CORE-220",
            "The privileges of a user of the plan are not known",
            "Use a user that may run SHOW GRANTS for itself"),
    SOURCE_PATCH_NEWER(
            "CORE-221",
            "The source is a newer release of the same series than the replica",
            "Upgrade the replica first: replication to an older release is not what MySQL tests"),
    GTID_MODES_LOOSE(
            "CORE-222",
            "The GTID modes let replication start, and one transaction of the wrong kind in the log stops it",
            "Bring gtid_mode of both servers into line"),
    GTID_CONSISTENCY(
            "CORE-223",
            "The replica enforces GTID consistency and the source does not",
            "Set enforce_gtid_consistency to WARN and then to ON on the source, so that nobody writes there what the replica refuses"),
    RELAY_ORDER(
            "CORE-224",
            "The source is itself a replica and may commit in another order than its own source",
            "Set replica_preserve_commit_order=ON (slave_preserve_commit_order before 8.0.26) on the source"),
    PACKET_SMALLER(
            "CORE-225",
            "The replica takes smaller packets than the source",
            "Raise max_allowed_packet on the replica to the source's value"),
    SETTINGS_DIFFER(
            "CORE-226",
            "Settings that give statements and values their meaning differ between the servers",
            "Bring them into line unless nobody depends on them; what is copied and replicated keeps the source's"),
    DEFAULT_ENGINE(
            "CORE-227",
            "Tables that are created without an engine become something else than InnoDB",
            "Set default_storage_engine = InnoDB on both servers"),
    BINLOG_EXPIRES_SOON(
            "CORE-228",
            "The source deletes binary logs within an hour, or before a copy of this size may be done",
            "Ask for a retention: retainBinlogs(Duration.ofHours(24)), or as much as was measured:"
                    + " sluice.estimate(compiled).retaining(plan)"),
    LOCAL_INFILE_OFF(
            "CORE-229",
            "The replica does not take LOAD DATA LOCAL, so that rows are inserted, which is slower",
            "SET GLOBAL local_infile = ON on the replica for the time of the load"),
    SOURCE_ADDRESS(
            "CORE-230",
            "The replica would look for the source on its own host",
            "Say where the replica reaches the source: reachableByReplicaAt(host, port)"),
    REPLICA_AHEAD(
            "CORE-232",
            "The replica has transactions of the source that the source does not know, and would skip new ones with their numbers",
            "Reset the replica's GTIDs (RESET MASTER, from 8.2 on RESET BINARY LOGS AND GTIDS) if nobody needs its binary logs, or use an empty replica"),
    PASSWORDS_IN_LOG(
            "CORE-233",
            "The replica is told the replication password by a procedure, and keeps a log of statements",
            "Switch the log that the message names off on the replica for the time of the run"),
    REDO_LOG_STAYS_ON(
            "CORE-234",
            "The plan allows the load without a redo log, and this replica cannot do without",
            "See the reason; the load goes on with the redo log, only slower. Or drop .allowRedoLogOff() from the plan"),
    REPLICA_IS_THERE(
            "CORE-235",
            "The replica that the plan creates is there already, and does not follow the source",
            "Abandon the run that made it (its tag sluice-run says which), or delete it, or name it as a server that is there"),
    NOTHING_TO_CREATE_FROM(
            "CORE-236",
            "A plan that starts from coordinates copies nothing, so that it cannot create its replica either",
            "Name the replica as a server that is there, or leave startingFrom(…) out"),
    REACH_UNPROVEN(
            "CORE-231",
            "Whether the replica reaches the source cannot be proven from here",
            "See that firewalls, security groups and routes let the replica through");

    private final String id;
    private final String meaning;
    private final String remedy;

    RuleCode(String id, String meaning, String remedy) {
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
