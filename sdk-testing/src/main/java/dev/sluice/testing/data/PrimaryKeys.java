// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import java.sql.SQLException;

/** Tables without a primary key, and with one over every kind of type. */
final class PrimaryKeys {
    private PrimaryKeys() {}

    static void create(Script script) throws SQLException {
        without(script);
        composite(script);
        text(script);
        binary(script);
        others(script);
    }

    private static void without(Script script) throws SQLException {
        script.run(
                "CREATE TABLE no_key (a INT, t VARCHAR(10), b BLOB, f FLOAT)",
                "INSERT INTO no_key VALUES (1, 'x', 'b', 0.1), (1, 'x', 'b', 0.1), (1, 'x', 'b', 0.1), (NULL, NULL, NULL, NULL),"
                        + " (NULL, NULL, NULL, NULL), (2, '', '', 0)",
                "CREATE TABLE no_key_but_unique (a INT NOT NULL, b INT NOT NULL, v INT, UNIQUE KEY (b, a))",
                "INSERT INTO no_key_but_unique VALUES (1, 2, 3), (2, 1, 3)",
                "CREATE TABLE no_key_but_unique_nullable (a INT, v INT, UNIQUE KEY (a))",
                "INSERT INTO no_key_but_unique_nullable VALUES (NULL, 1), (NULL, 1), (1, 1)",
                "CREATE TABLE no_key_but_index (a INT, v INT, KEY (a))",
                "INSERT INTO no_key_but_index VALUES (1, 1), (1, 1), (1, 2), (NULL, NULL), (NULL, NULL)");
    }

    private static void composite(Script script) throws SQLException {
        script.run("""
                CREATE TABLE key_composite (v INT, c CHAR(3) NOT NULL, b VARBINARY(5), a BIGINT UNSIGNED, d DATETIME(6),
                  PRIMARY KEY (d, a, c, b))""", """
                INSERT INTO key_composite VALUES (1, 'a', x'00', 18446744073709551615, '2001-01-01 00:00:00.000001'),
                  (2, 'a', x'0000', 18446744073709551615, '2001-01-01 00:00:00.000001'), (3, 'b', x'', 0, '2001-01-01 00:00:00.000001'),
                  (4, '', x'', 0, '2001-01-01 00:00:00')""");
    }

    private static void text(Script script) throws SQLException {
        script.run(
                "CREATE TABLE key_text (k VARCHAR(190) PRIMARY KEY, v INT)",
                "INSERT INTO key_text VALUES ('', 1), (' x', 2), ('it''s', 3), ('back\\\\slash', 4), ('%', 5), ('_', 6), ('Ä', 7), ('Z', 8), ('☃', 9), ('10', 10), ('9', 11)",
                "CREATE TABLE key_case (k VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY, v INT)",
                "INSERT INTO key_case VALUES ('a', 1), ('A', 2), ('ä', 3), ('😀', 4), ('😁', 5), ('\uffee', 6)",
                "CREATE TABLE key_prefix (k TEXT NOT NULL, v INT, PRIMARY KEY (k(3)))",
                "INSERT INTO key_prefix VALUES ('abcdef', 1), ('abd', 2), ('ab', 3)",
                "CREATE TABLE key_char (k CHAR(10) PRIMARY KEY, v INT)",
                "INSERT INTO key_char VALUES ('', 1), ('a', 2), ('\\t', 3)");
    }

    private static void binary(Script script) throws SQLException {
        script.run(
                "CREATE TABLE key_binary (k BINARY(16) PRIMARY KEY, v INT)",
                "INSERT INTO key_binary VALUES (x'00', 1), (x'ffffffffffffffffffffffffffffffff', 2), (x'0027225c60000a0d1a00000000000000', 3)",
                "CREATE TABLE key_varbinary (k VARBINARY(20) PRIMARY KEY, v INT)",
                "INSERT INTO key_varbinary VALUES (x'', 1), (x'00', 2), (x'0000', 3), (x'20', 4), (x'2020', 5), (x'80', 6), (x'61', 7), (x'41', 8)",
                "CREATE TABLE key_bit (k BIT(64) PRIMARY KEY, v INT)",
                "INSERT INTO key_bit VALUES (b'0', 1), (18446744073709551615, 2), (b'1010', 3)");
    }

    private static void others(Script script) throws SQLException {
        script.run(
                "CREATE TABLE key_decimal (k DECIMAL(65,30) PRIMARY KEY, v INT)",
                "INSERT INTO key_decimal VALUES (0, 1), (-0.000000000000000000000000000001, 2), (12345678901234567890123456789012345.5, 3), (12345678901234567890123456789012345.6, 4)",
                "CREATE TABLE key_double (k DOUBLE PRIMARY KEY, v INT)",
                "INSERT INTO key_double VALUES (0.1, 1), (0.30000000000000004, 2), (0.3, 3), (5e-324, 4), (-1.7976931348623157e308, 5)",
                "CREATE TABLE key_datetime (k DATETIME(6) PRIMARY KEY, v INT)",
                "INSERT INTO key_datetime VALUES ('2001-01-01 00:00:00.000001', 1), ('2001-01-01 00:00:00.000002', 2), ('9999-12-31 23:59:59.999999', 3)",
                "CREATE TABLE key_timestamp (k TIMESTAMP(3) NOT NULL PRIMARY KEY, v INT)",
                "INSERT INTO key_timestamp VALUES ('1970-01-01 00:00:01', 1), ('2021-03-28 02:30:00.001', 2), ('2038-01-19 03:14:07.999', 3)",
                "CREATE TABLE key_date_time (d DATE, t TIME(2), y YEAR, v INT, PRIMARY KEY (d, t, y))",
                "INSERT INTO key_date_time VALUES ('2001-02-03', '-838:59:59', 0, 1), ('2001-02-03', '00:00:00.01', 2155, 2)",
                "CREATE TABLE key_enum (k ENUM('z', 'a', 'm'), s SET('z', 'a'), v INT, PRIMARY KEY (k, s))",
                "INSERT INTO key_enum VALUES ('z', '', 1), ('a', 'a', 2), ('m', 'z,a', 3), ('a', 'z', 4)");
    }
}
