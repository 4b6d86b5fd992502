// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;

/** What checks find on the live servers, and what becomes of checks that fail. */
enum CheckCode implements ErrorCode {
    REPLICA_HOLDS_DATA(
            "CORE-240",
            "The replica has data of its own where the plan's data belongs",
            "Use a replica that does not hold these databases, or drop what nobody needs there"),
    FOREIGN_KEY_ACROSS(
            "CORE-241",
            "A foreign key has only one of its tables in the scope, so that cascades would leave rows behind on the replica",
            "Take both tables into the scope, or neither"),
    FILTER_ADMITS(
            "CORE-242",
            "A replication filter cannot tell these names apart: it joins database and table by a dot",
            "Rename one of them, or choose a scope that holds both or neither"),
    TABLE_UNKNOWN(
            "CORE-243",
            "A table that the scope names is not on the source, or its user may not see it",
            "Correct the name; a table that is created later is replicated from then on"),
    NO_KEY(
            "CORE-244",
            "Tables have neither a primary key nor a unique key without NULL, so that each changed row is searched for in the whole table",
            "Add a primary key: ALTER TABLE … ADD COLUMN id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY"),
    FOUND_BY_SPATIAL_KEY(
            "CORE-840",
            "Tables have no key, and a replica looks for their changed rows by a spatial index, does not find all of them, and stops with"
                    + " error 1032",
            "Add a primary key: ALTER TABLE … ADD COLUMN id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY; or drop the spatial index"),
    PREPARED_XA(
            "CORE-245",
            "XA transactions are prepared, and no snapshot is taken as long as they are",
            "End them on the source: XA COMMIT or XA ROLLBACK"),
    LONG_TRANSACTION(
            "CORE-246",
            "A transaction has been open for long; a lock for the snapshot would wait for its end",
            "Let it end, or end it, before the snapshot"),
    LONG_STATEMENT(
            "CORE-247",
            "A statement has been running for long; a lock for the snapshot is put off until it ends",
            "Let it end, or end it, before the snapshot"),
    EVENTS(
            "CORE-248",
            "Events are enabled on the source; they arrive disabled on the replica",
            "Enable them there when the replica takes over"),
    STORED_FILTER(
            "CORE-249",
            "The replica's option file holds another replication filter than the plan's scope, and rows would be lost after a restart",
            "Put the plan's filter into the option file, or none, and restart the replica"),
    LIVE_SCOPE(
            "CORE-250",
            "The replica follows the source with another filter than the plan's scope, and what was filtered out so far would be missing",
            "Use the scope that it was set up with, or end the replication with EndPlan.of(replica) and begin anew"),
    FILTER_LOST(
            "CORE-251",
            "The replica follows the source without any filter, as after a restart; changes outside the scope may have been applied",
            "Put the plan's filter into the replica's option file, too; the run sets it again"),
    START_GONE(
            "CORE-252",
            "The source no longer has its binary log from the start coordinates on",
            "Take a new snapshot, and retain binary logs for longer"),
    START_DATA_MISSING(
            "CORE-253",
            "The plan copies nothing, and the replica lacks databases of the scope",
            "Load the snapshot of the start coordinates first, unless they were created after it"),
    DEFINERS(
            "CORE-254",
            "Objects in the scope, or events to enable, have definers that the replica's user may not name",
            "Grant the privilege that the message names"),
    CREATORS_NOT_TRUSTED(
            "CORE-255",
            "The replica refuses functions or triggers because it writes a binary log",
            "SET GLOBAL log_bin_trust_function_creators = ON on the replica, in its parameter group or its option file, too"),
    SERVER_IDS_EQUAL(
            "CORE-256",
            "Both servers have the same server id, so that the replica would take the source's changes for its own",
            "Give one of them another server_id"),
    KEYS_DEMANDED(
            "CORE-257",
            "The replica demands or makes up primary keys, and tables in the scope have none",
            "Switch sql_require_primary_key and sql_generate_invisible_primary_key off on the replica, or add primary keys on the source"),
    SYSTEM_DEFINERS(
            "CORE-258",
            "Objects in the scope, or events to enable, have definers that are system accounts on the replica, and its user is none",
            "GRANT SYSTEM_USER ON *.* to the replica's user"),
    DEFINERS_NOT_THERE(
            "CORE-260",
            "Objects in the scope, or events to enable, have definers that do not exist on the replica, and its user may not name such",
            "Create the accounts on the replica, or GRANT ALLOW_NONEXISTENT_DEFINER ON *.* to the replica's user"),
    ACCOUNT_SHARED(
            "CORE-261",
            "Other replicas use the account that the plan drops",
            "Give them an account of their own first (CHANGE REPLICATION SOURCE TO SOURCE_USER = …), or take dropReplicationUser(…) off"
                    + " the plan"),
    NOT_APPLIED(
            "CORE-259",
            "The replica has not applied everything that the source has written, and the end leaves that behind",
            "Let nobody write on the source and wait until the replica has applied everything, if it is to take over"),
    CHECK_FAILED("CORE-290", "A check could not be made", "See the cause in the message"),
    CHECK_LATE(
            "CORE-291",
            "A check did not end within its time",
            "Try again when the server is less busy, or give each check more time: Sluice.builder().checkLimit(…)"),
    UNREACHABLE("CORE-293", "A server of the plan cannot be reached or logged in to", "See the cause in the message"),
    CHECK_INTERRUPTED("CORE-292", "The thread that made the checks was interrupted", "Make the checks again");

    private final String id;
    private final String meaning;
    private final String remedy;

    CheckCode(String id, String meaning, String remedy) {
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
