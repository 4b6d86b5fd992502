// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.UnloggedSession;
import dev.sluice.core.split.RangeEstimate;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every statement of a copy that does more than read what servers say of themselves, as templates: what stands in angle brackets
 * differs from object to object. Each is sent for every object that it fits, in any order. Thread-safe: no state.
 */
public final class CopyStatements {
    private static final List<String> READING = List.of(
            "SET SESSION character_set_results = NULL",
            "SELECT MIN(<key>) AS low, MAX(<key>) AS high FROM <large table>",
            RangeEstimate.statement("<large table>", "<range of the key>"),
            "SELECT <columns> FROM <table, of large ones a partition or a range of the key>");
    private static final List<String> SETTINGS = List.of(
            TargetSession.BASICS,
            UnloggedSession.BY_VARIABLE,
            "SET SESSION max_error_count = 65535",
            "SET SESSION sql_notes = 1",
            "SET SESSION innodb_strict_mode = 0",
            "SET SESSION explicit_defaults_for_timestamp = 1",
            "SET SESSION default_collation_for_utf8mb4 = '<collation>'",
            "SET SESSION sql_require_primary_key = 0",
            "SET SESSION sql_generate_invisible_primary_key = 0",
            "SET SESSION restrict_fk_on_non_standard_key = 0",
            "SET NAMES utf8mb4");
    private static final List<String> DATABASES = List.of(
            "CREATE DATABASE IF NOT EXISTS <database> CHARACTER SET <character set> COLLATE <collation>",
            "USE <database>");
    private static final List<String> TABLES = List.of(
            "CREATE TABLE <definition as the source shows it, of large tables without secondary keys and foreign keys>",
            "ALTER TABLE <table> ALTER COLUMN <column> SET DEFAULT _<character set> x'<default that the definition shows wrongly>'");
    private static final List<String> OBJECTS = List.of(
            "ALTER DATABASE <database> COLLATE <collation of an object that is older than the database's>",
            "SET SESSION sql_mode = '<mode of the object>', character_set_client = <its character set>,"
                    + " collation_connection = <its collation>",
            "SET SESSION sql_mode = '<mode of the event>', character_set_client = <its character set>,"
                    + " collation_connection = <its collation>, SESSION time_zone = '<its time zone>'",
            "SET SESSION timestamp = 1",
            "CREATE DEFINER=<account, then function, procedure, trigger or event as the source shows it, events disabled>",
            ObjectWriter.USUAL_SETTINGS);
    private static final List<String> VIEWS = List.of(
            "CREATE ALGORITHM=<algorithm> DEFINER=<account> SQL SECURITY <security> VIEW <definition as the source shows it>",
            "CREATE OR REPLACE ALGORITHM=<algorithm, then the view, where the definer of a view below it does not exist>");
    private static final List<String> ROWS = List.of(
            "LOAD DATA LOCAL INFILE 'sluice' INTO TABLE <table> CHARACTER SET binary FIELDS TERMINATED BY '\\t'"
                    + " ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' (<columns, then conversions of JSON, ENUM and SET>",
            "INSERT INTO <table> (<columns>) VALUES <rows>",
            SortMemory.TEMPLATE,
            "ALTER TABLE <table> ADD <keys that were left out until the rows were there, then foreign keys>",
            "SET SESSION sql_mode = '" + TargetSession.LAX_SQL_MODE + "'",
            "SET SESSION sql_mode = '" + TargetSession.SQL_MODE + "'",
            "KILL CONNECTION <a session of the copy, when it is cancelled or has failed>");

    private CopyStatements() {}

    /**
     * For previews, those on the source first.
     *
     * @param unlogging the statement by which a session leaves the replica's own binary log out
     */
    public static List<String> templates(String unlogging) {
        return templates().stream()
                .map(one -> one.equals(UnloggedSession.BY_VARIABLE) ? unlogging : one)
                .toList();
    }

    /** For previews, those on the source first. */
    public static List<String> templates() {
        return Stream.of(
                        READING,
                        SETTINGS,
                        List.of("DROP <kind> IF EXISTS <object that an earlier attempt of the run had created>"),
                        DATABASES,
                        TABLES,
                        OBJECTS,
                        VIEWS,
                        ROWS)
                .flatMap(List::stream)
                .toList();
    }

    /** For previews of copies whose tables, views and rows come in another way: what then is left for the replica. */
    public static List<String> templatesWithoutTables() {
        return Stream.of(SETTINGS, DATABASES, OBJECTS).flatMap(List::stream).toList();
    }
}
