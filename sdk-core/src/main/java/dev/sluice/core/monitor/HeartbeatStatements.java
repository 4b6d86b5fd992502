// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import dev.sluice.api.operation.Statement;
import dev.sluice.api.plan.HeartbeatPlan;
import dev.sluice.core.mysql.Quote;

/** All that is ever said to a server about heartbeats. Thread-safe: no state. */
public final class HeartbeatStatements {
    private static final String DATABASE = Quote.identifier(HeartbeatPlan.DATABASE);
    private static final String TABLE = Quote.identifier(HeartbeatPlan.TABLE);
    private static final String IN_DATABASE = " WHERE TABLE_SCHEMA = " + Quote.literal(HeartbeatPlan.DATABASE);
    private static final String IS_TABLE = "TABLE_NAME = " + Quote.literal(HeartbeatPlan.TABLE.table());

    private HeartbeatStatements() {}

    /** Makes the database. */
    public static Statement createDatabase() {
        return Statement.of("CREATE DATABASE IF NOT EXISTS " + DATABASE);
    }

    /** Makes the table. What is written does not depend on the formats or modes of any session; the time is for people. */
    public static Statement createTable() {
        return Statement.of(
                "CREATE TABLE IF NOT EXISTS " + TABLE + " (monitor CHAR(36) CHARACTER SET ascii NOT NULL PRIMARY KEY,"
                        + " beat BIGINT UNSIGNED NOT NULL, written_utc DATETIME(6) NOT NULL) ENGINE = InnoDB");
    }

    /** Removes the table. */
    public static Statement dropTable() {
        return Statement.of("DROP TABLE IF EXISTS " + TABLE);
    }

    /** Removes the database. */
    public static Statement dropDatabase() {
        return Statement.of("DROP DATABASE IF EXISTS " + DATABASE);
    }

    /** Whether the database is there: 1 or 0. */
    public static String countDatabase() {
        return "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = "
                + Quote.literal(HeartbeatPlan.DATABASE);
    }

    /** Whether the table is there: 1 or 0. */
    public static String countTable() {
        return "SELECT COUNT(*) FROM information_schema.TABLES" + IN_DATABASE + " AND " + IS_TABLE;
    }

    /** How much else is in the database. */
    public static String countOthers() {
        return "SELECT COUNT(*) FROM information_schema.TABLES" + IN_DATABASE + " AND NOT " + IS_TABLE;
    }

    /** Writes a beat. {@code REPLACE} on the only key is the same whatever the binary log's format. */
    public static String beat(String monitor, String number) {
        return "REPLACE INTO " + TABLE + " (monitor, beat, written_utc) VALUES (" + Quote.literal(monitor) + ", "
                + number + ", UTC_TIMESTAMP(6))";
    }

    /** Removes the row of a monitor that is closed. */
    public static String forget(String monitor) {
        return "DELETE FROM " + TABLE + " WHERE monitor = " + Quote.literal(monitor);
    }

    /** Removes rows of monitors whose process has died: nobody has written them for a day. */
    public static String forgetOld() {
        return "DELETE FROM " + TABLE + " WHERE written_utc < UTC_TIMESTAMP() - INTERVAL 1 DAY";
    }

    /** Reads the newest beat of a monitor; no row if none is there. */
    public static String read(String monitor) {
        return "SELECT beat FROM " + TABLE + " WHERE monitor = " + Quote.literal(monitor);
    }
}
