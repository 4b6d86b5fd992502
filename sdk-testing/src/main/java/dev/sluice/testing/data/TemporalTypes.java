// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import java.sql.SQLException;
import java.util.List;

/** Dates and times: extremes, fractions of seconds, time zones, and dates that do not exist. */
final class TemporalTypes {
    private TemporalTypes() {}

    static void create(Script script) throws SQLException {
        extremes(script);
        fractions(script);
        timeZones(script);
        script.underMode("NO_ENGINE_SUBSTITUTION", () -> zeroDates(script));
        script.underMode("ALLOW_INVALID_DATES,STRICT_TRANS_TABLES", () -> invalidDates(script));
    }

    private static void extremes(Script script) throws SQLException {
        script.run(
                "CREATE TABLE temporals (id INT PRIMARY KEY, d DATE, t TIME, t6 TIME(6), dt DATETIME, dt6 DATETIME(6), y YEAR)",
                """
                INSERT INTO temporals VALUES
                  (1, '0001-01-01', '-838:59:59', '-838:59:59.000000', '0001-01-01 00:00:00', '0001-01-01 00:00:00.000001', 1901),
                  (2, '1000-01-01', '00:00:00', '-00:00:00.000001', '1000-01-01 00:00:00', '1582-10-10 12:00:00.5', 0),
                  (3, '9999-12-31', '838:59:59', '838:59:58.999999', '9999-12-31 23:59:59', '9999-12-31 23:59:59.999999', 2155),
                  (4, '2000-02-29', '24:00:00', '00:00:00.100000', '1969-12-31 23:59:59', '2038-01-19 03:14:08', 2000),
                  (5, NULL, NULL, NULL, NULL, NULL, NULL)""");
    }

    private static void fractions(Script script) throws SQLException {
        StringBuilder columns = new StringBuilder("id INT PRIMARY KEY");
        StringBuilder values = new StringBuilder("1");
        for (int digits = 0; digits <= 6; digits++) {
            columns.append(", t%1$d TIME(%1$d), d%1$d DATETIME(%1$d), s%1$d TIMESTAMP(%1$d) NULL".formatted(digits));
            String fraction = digits == 0 ? "" : "." + "123456".substring(0, digits);
            values.append(
                    ", '-01:02:03%1$s', '2001-02-03 04:05:06%1$s', '2001-02-03 04:05:06%1$s'".formatted(fraction));
        }
        script.run(
                "CREATE TABLE fractions (" + columns + ")",
                "INSERT INTO fractions VALUES (" + values + ")",
                "INSERT INTO fractions (id, t6, d6, s6) VALUES (2, '-00:00:00.999999', '1999-12-31 23:59:59.999999', '1999-12-31 23:59:59.000001')");
    }

    private static void timeZones(Script script) throws SQLException {
        script.run("""
                CREATE TABLE timestamps (id INT PRIMARY KEY, zone VARCHAR(6), s TIMESTAMP NOT NULL DEFAULT '2001-01-01 00:00:00',
                  s6 TIMESTAMP(6) NULL, written TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
                  dt DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)""");
        int id = 0;
        for (String zone : List.of("+00:00", "-12:59", "+13:00", "+05:45", "-03:30")) {
            int row = ++id;
            script.under(
                    "time_zone",
                    zone,
                    () -> script.run(
                            "INSERT INTO timestamps VALUES (" + row + ", '" + zone
                                    + "', '2021-03-28 02:30:00', '2021-10-31 02:30:00.654321', '2021-01-01 00:00:00.000001', '2021-03-28 02:30:00')"));
        }
        script.run("""
                INSERT INTO timestamps VALUES
                  (100, '+00:00', '1970-01-01 00:00:01', '1970-01-01 00:00:01.000000', '1970-01-01 00:00:01', '1970-01-01 00:00:00'),
                  (101, '+00:00', '2038-01-19 03:14:07', '2038-01-19 03:14:07.999999', '2038-01-19 03:14:07', NULL)""");
    }

    private static void zeroDates(Script script) throws SQLException {
        script.run(
                """
                CREATE TABLE zero_dates (id INT PRIMARY KEY, d DATE NOT NULL DEFAULT '0000-00-00',
                  dt DATETIME(3) NOT NULL DEFAULT '0000-00-00 00:00:00.000', s TIMESTAMP NOT NULL DEFAULT '0000-00-00 00:00:00',
                  KEY (d), KEY (dt))""",
                """
                INSERT INTO zero_dates VALUES (1, '0000-00-00', '0000-00-00 00:00:00', '0000-00-00 00:00:00'),
                  (2, '2020-00-00', '2020-00-00 00:00:00', '2020-01-01 00:00:01'),
                  (3, '2020-01-00', '2020-01-00 12:34:56.789', '2020-01-01 00:00:02'),
                  (4, '0000-01-01', '0000-01-01 00:00:00', '2020-01-01 00:00:03'),
                  (5, '0000-00-01', '0000-12-31 23:59:59.999', '2020-01-01 00:00:04')""",
                "INSERT INTO zero_dates (id) VALUES (6)",
                "CREATE TABLE zero_date_keys (d DATE, y YEAR, v INT, PRIMARY KEY (d, y))",
                "INSERT INTO zero_date_keys VALUES ('0000-00-00', 0, 1), ('2020-00-00', 0, 2), ('2020-00-00', 2000, 3)");
    }

    private static void invalidDates(Script script) throws SQLException {
        script.run(
                "CREATE TABLE invalid_dates (id INT PRIMARY KEY, d DATE, dt DATETIME)",
                "INSERT INTO invalid_dates VALUES (1, '2021-02-31', '2021-04-31 00:00:00'), (2, '2021-02-29', '1900-02-29 00:00:00')");
    }
}
