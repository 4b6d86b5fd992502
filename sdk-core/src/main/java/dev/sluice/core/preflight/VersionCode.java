// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;

/** What checks find that the replica, of another version, with other settings or with less on it, would refuse. */
enum VersionCode implements ErrorCode {
    COLLATION_UNKNOWN(
            "CORE-765",
            "The scope uses collations that the replica does not know",
            "Convert the tables on the source to a collation that both know, or use a newer replica"),
    WORD_RESERVED(
            "CORE-766",
            "Names in the scope are reserved words on the replica, so that statements that do not quote them fail there",
            "Quote these names in applications and in stored programs before they use the replica"),
    PROGRAM_NOT_PARSED(
            "CORE-767",
            "Stored programs use words as names that the replica reserves, and it would refuse to create them",
            "Quote the words by backticks in the definitions on the source"),
    SQL_REMOVED(
            "CORE-768",
            "Views and stored programs use what the replica's version no longer has: views cannot be created, programs fail when they run",
            "Rewrite the definitions on the source"),
    FLOAT_AUTO_INCREMENT(
            "CORE-769",
            "Columns with AUTO_INCREMENT are no whole numbers, which the replica refuses",
            "ALTER TABLE … MODIFY these columns on the source, to BIGINT for instance"),
    TIME_ZONES_MISSING(
            "CORE-770",
            "The source knows time zones by name and the replica does not: statements of sessions with such a zone stop it",
            "Load the time zones on the replica: mysql_tzinfo_to_sql /usr/share/zoneinfo | mysql mysql"),
    VIEW_BROKEN(
            "CORE-771",
            "Views in the scope refer to what is not there, and no server would create them anew",
            "Correct or drop these views on the source, or leave them out with withoutTables(…)"),
    VIEW_ACROSS(
            "CORE-781",
            "Views in the scope read tables outside of it, and the replica, which lacks these, would refuse to create them",
            "Take these tables into the scope, or leave the views out with withoutTables(…)"),
    TABLES_ENCRYPTED(
            "CORE-772",
            "Tables in the scope are encrypted, and the replica has no keyring to encrypt them with",
            "Install a keyring component or plugin on the replica, or ALTER TABLE … ENCRYPTION = N on the source"),
    PAGES_SMALLER(
            "CORE-773",
            "The replica has smaller InnoDB pages than the source, so that wide rows and keys may not fit",
            "Use a replica that was initialised with the source's innodb_page_size");

    private final String id;
    private final String meaning;
    private final String remedy;

    VersionCode(String id, String meaning, String remedy) {
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
