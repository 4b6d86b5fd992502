// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import java.sql.SQLException;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Numbers at both ends of every numeric type. */
final class NumericTypes {
    private NumericTypes() {}

    static void create(Script script) throws SQLException {
        integers(script);
        decimals(script);
        floats(script);
        bits(script);
    }

    private static void integers(Script script) throws SQLException {
        script.run(
                """
                CREATE TABLE integers (id INT PRIMARY KEY, t TINYINT, tu TINYINT UNSIGNED, bool BOOLEAN, s SMALLINT, su SMALLINT UNSIGNED,
                  m MEDIUMINT, mu MEDIUMINT UNSIGNED, i INT, iu INT UNSIGNED, b BIGINT, bu BIGINT UNSIGNED,
                  z INT(7) ZEROFILL, y YEAR)""",
                """
                INSERT INTO integers VALUES
                  (-2147483648, -128, 0, 0, -32768, 0, -8388608, 0, -2147483648, 0, -9223372036854775808, 0, 0, 0),
                  (-1, -1, 128, -1, -1, 32768, -1, 8388608, -1, 2147483648, -1, 9223372036854775808, 42, 1901),
                  (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 1970),
                  (1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                  (2147483647, 127, 255, 127, 32767, 65535, 8388607, 16777215, 2147483647, 4294967295, 9223372036854775807,
                    18446744073709551615, 4294967295, 2155)""",
                "CREATE TABLE unsigned_keys (id BIGINT UNSIGNED PRIMARY KEY, v INT)",
                """
                INSERT INTO unsigned_keys VALUES (0, 1), (9223372036854775807, 2), (9223372036854775808, 3),
                  (18446744073709551614, 4), (18446744073709551615, 5)""",
                "CREATE TABLE signed_keys (id BIGINT PRIMARY KEY, v INT)",
                "INSERT INTO signed_keys VALUES (-9223372036854775808, 1), (-1, 2), (0, 3), (9223372036854775807, 4)");
    }

    private static void decimals(Script script) throws SQLException {
        String largest = "9".repeat(35) + "." + "9".repeat(30);
        String smallest = "0." + "0".repeat(29) + "1";
        script.run(
                "CREATE TABLE decimals (id INT PRIMARY KEY, d DECIMAL(65,30), w DECIMAL(65,0), f DECIMAL(30,30), n NUMERIC(5,2) UNSIGNED)",
                "INSERT INTO decimals VALUES (1, " + largest + ", " + "9".repeat(65) + ", 0." + "9".repeat(30)
                        + ", 999.99)",
                "INSERT INTO decimals VALUES (2, -" + largest + ", -" + "9".repeat(65) + ", -0." + "9".repeat(30)
                        + ", 0.01)",
                "INSERT INTO decimals VALUES (3, " + smallest + ", -1, -" + smallest + ", 0)",
                "INSERT INTO decimals VALUES (4, -0.0, 0, 0, NULL)");
    }

    private static void floats(Script script) throws SQLException {
        script.run(
                "CREATE TABLE floats (id INT PRIMARY KEY, f FLOAT, d DOUBLE, fs FLOAT(7,4), du DOUBLE UNSIGNED, p FLOAT(53))",
                """
                INSERT INTO floats VALUES (1, 3.402823466e38, 1.7976931348623157e308, 999.9999, 1.7976931348623157e308, 0.1),
                  (2, -3.402823466e38, -1.7976931348623157e308, -999.9999, 0, 0.30000000000000004),
                  (3, 1.175494351e-38, 2.2250738585072014e-308, 0.0001, 2.2250738585072014e-308, 1e22),
                  (4, 1.4e-45, 4.9e-324, 0, 4.9e-324, 1e23),
                  (5, -1.4e-45, -4.9e-324, -0e0, 2.225073858507201e-308, 5e-324),
                  (6, -0e0, -0e0, -0e0, 0, -0e0),
                  (7, 16777217, 9007199254740993, 1.00005, 123456789.12345678, 0.1e0 + 0.2e0),
                  (8, 0.1, 0.1, 0.1, 0.1, 1e0 / 3),
                  (9, NULL, NULL, NULL, NULL, NULL)""");
    }

    private static void bits(Script script) throws SQLException {
        script.run("CREATE TABLE bits (id INT PRIMARY KEY, "
                + widths(width -> "b" + width + " BIT(" + width + ") DEFAULT b'1'") + ")");
        script.run(
                "INSERT INTO bits VALUES (1, " + widths(width -> "b'" + "1".repeat(width) + "'") + ")",
                "INSERT INTO bits VALUES (2, " + widths(width -> "b'1" + "0".repeat(width - 1) + "'") + ")",
                "INSERT INTO bits VALUES (3, " + widths(width -> "b'0'") + ")",
                "INSERT INTO bits VALUES (4, " + widths(width -> "NULL") + ")",
                "INSERT INTO bits (id) VALUES (5)");
    }

    private static String widths(IntFunction<String> part) {
        return IntStream.rangeClosed(1, 64).mapToObj(part).collect(Collectors.joining(", "));
    }
}
