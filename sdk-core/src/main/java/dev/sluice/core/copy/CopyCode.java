// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.ErrorCode;

/** What can go wrong while structure and rows are moved. */
public enum CopyCode implements ErrorCode {
    ROWS_NOT_CONFIRMED(
            "CORE-402",
            "The replica did not take every row as it was sent",
            "A duplicate key or a value that does not fit its column: see that table on the source; a trigger or a stricter setting on the replica can cause it as well"),
    ALREADY_THERE(
            "CORE-403",
            "The replica already has an object that the copy would create",
            "Drop it, or leave it out of the plan's scope"),
    VIEW_NOT_CREATED(
            "CORE-404",
            "A view cannot be created on the replica",
            "See whether what it reads is in the plan's scope and still exists on the source; leave it out of the scope, or drop it there"),
    DATABASE_DIFFERS(
            "CORE-405",
            "A database exists on the replica, empty but with another character set or collation",
            "Drop it, or ALTER DATABASE it to be like the source's"),
    NOT_CREATED(
            "CORE-406",
            "The replica does not take a definition as the source has it",
            "Change the object on the source so that both versions understand it, or leave it out of the plan's scope"),
    NEEDS_TRUST(
            "CORE-407",
            "The replica writes a binary log and so refuses functions that are not declared DETERMINISTIC, NO SQL or READS SQL DATA, or a user without SUPER",
            "SET GLOBAL log_bin_trust_function_creators = 1 on the replica, which also has to take such statements from the source"),
    DEFINER_NOT_ALLOWED(
            "CORE-408",
            "The user may not create objects with the definers that they have on the source",
            "GRANT SET_ANY_DEFINER and ALLOW_NONEXISTENT_DEFINER (from 8.2), SET_USER_ID (8.0) or SUPER (5.7), and SYSTEM_USER for definers that have it, ON *.* to the user on the replica"),
    ROW_TOO_LARGE(
            "CORE-409",
            "A row is larger than the replica takes at once",
            "SET GLOBAL max_allowed_packet on the replica to at least the source's; with local_infile = ON only JSON documents are bound by it"),
    OBJECT_MISSING(
            "CORE-410",
            "After the copy the replica lacks an object, or has one that it was not given",
            "Look for somebody else who changes the replica, then copy again"),
    LOAD_IS_LOGGED(
            "CORE-411",
            "The load is written to the replica's own binary log, since the user may not leave it out",
            "GRANT SYSTEM_VARIABLES_ADMIN (8.0: or SESSION_VARIABLES_ADMIN) or SUPER ON *.* to the user; or watch the space that the log takes"),
    CHARACTER_SET_CLIENT_LOST(
            "CORE-412",
            "An object was created with the character_set_client utf8mb4, since its text cannot be sent in the original one",
            "None is needed: its text means the same");

    private final String id;
    private final String meaning;
    private final String remedy;

    CopyCode(String id, String meaning, String remedy) {
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
