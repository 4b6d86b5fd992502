// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.split.RangeEstimate;
import dev.sluice.core.verify.structure.AutoIncrements;
import dev.sluice.core.verify.structure.Structure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Every statement that a comparison sends. All of them read. Thread-safe: no state. */
public final class VerifyStatements {
    static final String SERVER_UUID = "SELECT @@GLOBAL.server_uuid";

    /** Where changes are logged as statements, and newer servers may no longer know. */
    static final String LOG_FORMAT = "SHOW GLOBAL VARIABLES LIKE 'binlog_format'";

    /** A value that a limit has turned into NULL is told by a warning only, and a server may keep none. */
    static final String WARNINGS_KEPT = "SELECT @@SESSION.max_error_count";

    /** Takes a privilege that is not asked of whoever only reads: for servers that keep none. */
    static final String KEEP_WARNINGS = "SET SESSION max_error_count = 64";

    private VerifyStatements() {}

    /**
     * Every statement that is sent on either server, with its holes in angle brackets, for previews. Which spelling of the status
     * statements is used depends on the version.
     */
    public static List<String> templates() {
        String hash = "SHA2(CONCAT_WS(<all columns of the row>), 256)";
        String hashes = "(SELECT LEFT(" + hash + ", 32) AS h FROM <table>) AS hashed";
        List<String> templates = new ArrayList<>(List.of(
                "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY",
                "SET SESSION max_execution_time = <milliseconds until the deadline>",
                "SET SESSION lock_wait_timeout = <seconds, beyond the deadline>",
                WARNINGS_KEPT,
                KEEP_WARNINGS,
                SERVER_UUID,
                SeenServer.GRANTS,
                SeenServer.TABLES + "<database>",
                LOG_FORMAT,
                "SELECT @@GLOBAL.server_uuid AS uuid, @@GLOBAL.gtid_mode AS gtid_mode",
                "SHOW <MASTER | BINARY LOG> STATUS",
                "SHOW <SLAVE | REPLICA> STATUS",
                "SHOW WARNINGS",
                ShapeReader.DATABASES,
                ShapeReader.tables("<database>"),
                ShapeReader.columns("<database>"),
                ShapeReader.keys("<database>", ServerVersion.of(5, 7, 0)),
                ShapeReader.keys("<database>", ServerVersion.of(8, 0, 0))));
        for (RowSum sum : RowSum.values()) {
            templates.add("SELECT COUNT(*), " + sum.of(hash) + " FROM <table> WHERE <range of keys>");
        }
        templates.add("SELECT MIN(<key>), MAX(<key>) FROM <table>");
        templates.add(RangeEstimate.statement("<table>", "<range of keys>"));
        templates.add("SELECT <key> FROM <table> WHERE <range of keys> ORDER BY <key> LIMIT <number>, 1");
        templates.add("SELECT <key>, LEFT(" + hash + ", 32) FROM <table> WHERE <range of keys, or keys>");
        templates.add(
                "SELECT <key>, LEFT(" + hash + ", 32), <JSON columns> FROM <table> WHERE <range of keys, or keys>");
        templates.add(
                "SELECT <key>, <LEFT(SHA2(CONCAT_WS(column), 256), 32) of each column, JSON as it is> FROM <table> WHERE <key>");
        templates.add("SELECT <key, and the length of the row> FROM <table> WHERE <key, or checksum> LIMIT <number>");
        templates.add(
                "SELECT <key, and each column, text and bytes in hexadecimal> FROM <table> WHERE <key, or checksum> LIMIT <number>");
        templates.add(triggers("<database>", "<table>"));
        templates.add("SELECT COUNT(*), " + RowSum.ADDED.of("h") + ", LEFT(h, <number>) AS bucket FROM " + hashes
                + " GROUP BY bucket");
        templates.add("SELECT h, COUNT(*) FROM " + hashes
                + " WHERE LEFT(h, <number>) IN (<beginnings>) GROUP BY h LIMIT <number>");
        templates.add("SELECT h, COUNT(*) FROM " + hashes + " WHERE h IN (<checksums>) GROUP BY h");
        templates.addAll(Structure.templates());
        templates.addAll(AutoIncrements.templates());
        return List.copyOf(templates);
    }

    /** Each statement by itself sees what is committed, takes no lock and can change nothing. */
    static List<String> sessionSettings(Duration limit) {
        List<String> settings = new ArrayList<>();
        settings.add("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY");
        settings.addAll(limits(limit));
        return settings;
    }

    /** What keeps statements from going on for ever. */
    static List<String> limits(Duration limit) {
        // Waits for DDL end with the statement's own time limit.
        String waits = "SET SESSION lock_wait_timeout = " + Math.min(limit.toSeconds() + 60, 31_536_000L);
        return List.of(timeLimit(limit), waits);
    }

    /** At least a second, which small statements need even when the deadline has come; 0 would be no limit. */
    static String timeLimit(Duration limit) {
        return "SET SESSION max_execution_time = " + Math.max(1_000, Math.min(limit.toMillis(), 4_294_967_295L));
    }

    static String digest(RowSum sum, String table, String rowText, String where) {
        return "SELECT COUNT(*), " + sum.of(hash(rowText)) + " FROM " + table + " WHERE " + where;
    }

    /** The key of the row that is so many places after the first one of a range, if there is one. */
    static String boundary(TableKey key, String table, String where, long places) {
        return "SELECT " + key.selected() + " FROM " + key.hinted(table) + " WHERE " + where + " ORDER BY "
                + key.order() + " LIMIT " + places + ", 1";
    }

    /** The least and the greatest value of a key of one column. */
    static String ends(TableKey key, String table) {
        return "SELECT MIN(" + key.order() + "), MAX(" + key.order() + ") FROM " + key.hinted(table);
    }

    /** Key and checksum of each row. */
    static String rows(TableKey key, String table, String rowText, String where) {
        return "SELECT " + key.selected() + ", " + shortHash(rowText) + " FROM " + table + " WHERE " + where;
    }

    /** Key, checksum of all but JSON, and the JSON documents of each row. */
    static String meanings(ComparedTable.Side side, String table, String where) {
        List<Column> others =
                side.columns().stream().filter(column -> !column.isJson()).toList();
        List<String> selected = new ArrayList<>(List.of(side.key().selected(), shortHash(RowText.of(others))));
        side.json().forEach(column -> selected.add(column.quoted()));
        return "SELECT " + String.join(", ", selected) + " FROM " + table + " WHERE " + where;
    }

    /** Key and a checksum of each column by itself, JSON as it is. */
    static String columns(TableKey key, String table, List<Column> columns, String where) {
        return "SELECT " + key.selected() + ", "
                + columns.stream()
                        .map(column -> column.isJson() ? column.quoted() : shortHash(RowText.of(List.of(column))))
                        .collect(Collectors.joining(", "))
                + " FROM " + table + " WHERE " + where;
    }

    /** How many triggers a table has; both names are literals. */
    static String triggers(String database, String table) {
        return "SELECT COUNT(*) FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = " + database
                + " AND EVENT_OBJECT_TABLE = " + table;
    }

    /** The first rows that meet a condition: what was selected before, in expressions. */
    static String some(List<String> selected, String table, String where, int limit) {
        return "SELECT " + String.join(", ", selected) + " FROM " + table + " WHERE " + where + " LIMIT " + limit;
    }

    /** That a row has this checksum. */
    static String hasHash(String rowText, String hash) {
        return shortHash(rowText) + " = " + Quote.literal(hash);
    }

    /** Count and sum by the first digits of each row's checksum. */
    static String buckets(String table, String rowText, int digits) {
        return "SELECT COUNT(*), " + RowSum.ADDED.of("h") + ", LEFT(h, " + digits + ") AS bucket FROM "
                + hashes(table, rowText) + " GROUP BY bucket";
    }

    /** The checksums of the rows in these buckets, and how often each one is there. */
    static String hashesIn(String table, String rowText, Collection<String> buckets, int digits, int limit) {
        return "SELECT h, COUNT(*) FROM " + hashes(table, rowText) + " WHERE LEFT(h, " + digits + ") IN ("
                + literals(buckets) + ") GROUP BY h LIMIT " + limit;
    }

    /** How often each of these checksums is there. */
    static String countOf(String table, String rowText, Collection<String> hashes) {
        return "SELECT h, COUNT(*) FROM " + hashes(table, rowText) + " WHERE h IN (" + literals(hashes)
                + ") GROUP BY h";
    }

    private static String hashes(String table, String rowText) {
        return "(SELECT " + shortHash(rowText) + " AS h FROM " + table + ") AS hashed";
    }

    private static String hash(String rowText) {
        return "SHA2(" + rowText + ", 256)";
    }

    private static String shortHash(String rowText) {
        return "LEFT(" + hash(rowText) + ", 32)";
    }

    /** Checksums and parts of them: hexadecimal digits. */
    private static String literals(Collection<String> hexadecimal) {
        return hexadecimal.stream().map(Quote::literal).collect(Collectors.joining(", "));
    }
}
