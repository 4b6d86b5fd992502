// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.util.List;

/**
 * Every statement that a copy may send, as templates: what stands in angle brackets differs from object to object. Each is sent for
 * every object that it fits, in any order.
 */
public final class CopyStatements {
    private CopyStatements() {}

    /** For previews, those on the source first. */
    public static List<String> templates() {
        return List.of(
                "SET SESSION character_set_results = NULL",
                "SELECT <columns> FROM <table>",
                "SET SESSION foreign_key_checks = 0, SESSION unique_checks = 1, SESSION sql_mode = '"
                        + TargetSession.SQL_MODE + "'",
                "SET SESSION sql_log_bin = 0",
                "SET SESSION default_collation_for_utf8mb4 = '<collation>'",
                "SET SESSION sql_require_primary_key = 0",
                "SET SESSION sql_generate_invisible_primary_key = 0",
                "CREATE DATABASE IF NOT EXISTS <database> CHARACTER SET <character set> COLLATE <collation>",
                "USE <database>",
                "CREATE TABLE <definition as the source shows it>",
                "LOAD DATA LOCAL INFILE 'sluice' INTO TABLE <table> CHARACTER SET binary FIELDS TERMINATED BY '\\t'"
                        + " ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' (<columns>)<conversion of JSON, ENUM and SET columns>",
                "INSERT INTO <table> (<columns>) VALUES <rows>",
                "SET SESSION sql_mode = '<mode of the object>'<its character set, collation and time zone>",
                "CREATE DEFINER=<account, then function, procedure, trigger or event as the source shows it, events disabled>",
                "CREATE ALGORITHM=<algorithm> DEFINER=<account> SQL SECURITY <security> VIEW <definition as the source shows it>",
                "SET NAMES utf8mb4, SESSION time_zone = '+00:00', SESSION sql_mode = '" + TargetSession.SQL_MODE + "'");
    }
}
