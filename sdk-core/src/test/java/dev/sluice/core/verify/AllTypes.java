// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.util.ArrayList;
import java.util.List;

/** Statements that make a database with every type of column that 5.7 knows, and values at the edges of each. */
final class AllTypes {
    private AllTypes() {}

    static List<String> in(String database) {
        List<String> statements = new ArrayList<>(List.of(
                "SET NAMES utf8mb4",
                "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', SESSION time_zone = '+02:00'",
                "DROP DATABASE IF EXISTS " + database,
                "CREATE DATABASE " + database + " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
                "USE " + database));
        statements.add(numbers());
        statements.add("INSERT INTO numbers VALUES (1, -128, 255, -32768, 8388607, -2147483648, -9223372036854775808,"
                + " 18446744073709551615, 1.0000000001, 99999999999999999999.9999999999, 16777217.5, 0.1, -1.10, 7,"
                + " 18446744073709551615, 1), (2, 127, 0, 32767, -8388608, 2147483647, 9223372036854775807, 0,"
                + " 0, -0.5, 1e-38, 1e15, 12345678.91, 123456, 0, 0), (3, NULL, NULL, NULL, NULL, NULL, NULL,"
                + " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (4, 0, 0, 0, 0, 0, 0, 0, 0, 0,"
                + " 3.4028234e38, -1.7976931348623157e308, 0, 0, 5, NULL), (5, 0, 0, 0, 0, 0, 0, 0, 0, 0,"
                + " -0.0e0, -0.0e0, 0, 0, 5, NULL), (6, 0, 0, 0, 0, 0, 0, 0, 0, 0,"
                + " 0, 2.2250738585072014e-308, 0, 0, 5, NULL)");
        statements.add(times());
        statements.add(
                "INSERT INTO times VALUES ('2024-01-02', '2024-01-02 03:04:05', '2024-01-02 03:04:05.123456',"
                        + " '2024-01-02 03:04:05', '2024-07-02 03:04:05.123', '-838:59:59', '00:00:00.000001', 2024),"
                        + " ('0000-00-00', '0000-00-00 00:00:00', '2024-00-00 00:00:00.5', '0000-00-00 00:00:00',"
                        + " '1970-01-01 02:00:01', '838:59:59', '-00:00:00.5', 0),"
                        + " ('9999-12-31', '9999-12-31 23:59:59', '1000-01-01', '2038-01-19 03:14:07', NULL, NULL, NULL, NULL)");
        statements.add(strings());
        statements.add("INSERT INTO strings VALUES ('a', 'ab  ', 'ab  ', 'é', '😀', '漢', UNHEX('00FF27'), 'ß',"
                + " 'b', 'x,z', ''), ('B', '', '', '', '', '', '', '', 'é', '', NULL), ('c#', '#', '##', 'x#', NULL, NULL,"
                + " NULL, NULL, NULL, NULL, '#'), ('d', 'x', '1#2', '', '', '', '#', '', 0, 'y', '')");
        statements.add(
                "CREATE TABLE longs (id BINARY(16) PRIMARY KEY, tt TINYTEXT, t TEXT CHARACTER SET latin1, mt MEDIUMTEXT,"
                        + " lt LONGTEXT CHARACTER SET utf16, tb TINYBLOB, b BLOB, mb MEDIUMBLOB, lb LONGBLOB, wide VARCHAR(16000))");
        statements.add(
                "INSERT INTO longs VALUES (UNHEX('00112233445566778899AABBCCDDEEFF'), 'a', 'é', '😀', '😀', UNHEX('00'),"
                        + " UNHEX('0001FEFF'), REPEAT(UNHEX('00FF'), 1500000), REPEAT('b', 3000000), REPEAT('w', 16000)),"
                        + " (UNHEX('FF'), '', '', '', '', '', '', '', '', ''),"
                        + " (UNHEX('27275C00'), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
        statements.add("CREATE TABLE documents (id INT PRIMARY KEY, j JSON, k JSON)");
        statements.add(
                "INSERT INTO documents VALUES (1, '{\"bb\":1.0,\"a\":[1e20,1e-7,0.1,18446744073709551615,-0.0,\"é\\\\n\"],"
                        + "\"c\":true,\"d\":null,\"\":{}}', '\"1.0\"'), (2, JSON_OBJECT('d', 1.10, 't', CAST('2024-01-01 10:00:00.5'"
                        + " AS DATETIME(6))), '[]'), (3, NULL, 'null'), (4, '[1.0,\"1.0,\",{\"a\":2.0}]', '1.0')");
        statements.add(
                "CREATE TABLE shapes (id INT PRIMARY KEY, g GEOMETRY, p POINT NOT NULL, l LINESTRING, m MULTIPOLYGON,"
                        + " c GEOMETRYCOLLECTION, SPATIAL INDEX (p))");
        statements.add(
                "INSERT INTO shapes VALUES (1, ST_GeomFromText('POLYGON((0 0,0 1,1 1,0 0))'), POINT(1, 2.5),"
                        + " ST_GeomFromText('LINESTRING(1 2,3.3 4.4)'), NULL, ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2))')),"
                        + " (2, UNHEX('E6100000010100000000000000000000400000000000000840'), POINT(0, -0.0), NULL, NULL, NULL)");
        statements.addAll(odd());
        return statements;
    }

    private static String numbers() {
        return "CREATE TABLE numbers (id INT PRIMARY KEY, ti TINYINT, tu TINYINT UNSIGNED, si SMALLINT, mi MEDIUMINT, i INT,"
                + " bi BIGINT, bu BIGINT UNSIGNED, d DECIMAL(20,10), dd DECIMAL(30,10), f FLOAT, db DOUBLE, dm DOUBLE(10,2),"
                + " z INT(6) UNSIGNED ZEROFILL, b64 BIT(64), b1 BIT(1))";
    }

    private static String times() {
        return "CREATE TABLE times (d DATE, dt DATETIME PRIMARY KEY, dt6 DATETIME(6), ts TIMESTAMP NULL, ts3 TIMESTAMP(3) NULL,"
                + " t TIME, t6 TIME(6), y YEAR)";
    }

    private static String strings() {
        return "CREATE TABLE strings (k VARCHAR(20), c CHAR(10), v VARCHAR(50), l VARCHAR(20) CHARACTER SET latin1,"
                + " u16 VARCHAR(20) CHARACTER SET utf16, g VARCHAR(20) CHARACTER SET gbk, vb VARBINARY(20),"
                + " sj VARCHAR(20) CHARACTER SET utf8, e ENUM('a','b','é'), s SET('x','y','z'), n VARCHAR(10), PRIMARY KEY (k))";
    }

    /** Tables that are odd in other ways than their types. */
    private static List<String> odd() {
        return List.of(
                "CREATE TABLE keyless (a INT, b VARCHAR(20), j JSON)",
                "INSERT INTO keyless VALUES (1, 'x', '[1.0]'), (1, 'x', '[1.0]'), (NULL, NULL, NULL), (NULL, '', '2.0'),"
                        + " (2, 'NULL', '{\"a\":1.0}')",
                "CREATE TABLE generated_columns (id INT PRIMARY KEY, a INT, s INT AS (a DIV 2) STORED, v VARCHAR(20) AS (CONCAT(a, '-', id))"
                        + " VIRTUAL)",
                "INSERT INTO generated_columns (id, a) VALUES (1, 5), (2, NULL)",
                "CREATE TABLE pair_key (a INT, b VARCHAR(10) CHARACTER SET utf8, c DATETIME(3), d DECIMAL(5,2), x INT,"
                        + " PRIMARY KEY (a, b, c, d))",
                "INSERT INTO pair_key VALUES (1, 'é', '2024-01-01 00:00:00.123', -1.5, 1), (1, '', '0000-00-00', 0, 2),"
                        + " (-5, 'zz''\\\\', '2024-01-01', 999.99, 3)",
                "CREATE TABLE unique_key (a INT, u BIGINT UNSIGNED NOT NULL, UNIQUE KEY (u))",
                "INSERT INTO unique_key VALUES (1, 18446744073709551615), (1, 0), (NULL, 9223372036854775808)",
                "CREATE TABLE enum_key (e ENUM('z','a','m') PRIMARY KEY, x INT)",
                "INSERT INTO enum_key VALUES ('z', 1), ('a', 2), ('m', 3)",
                "CREATE TABLE float_key (f FLOAT PRIMARY KEY, x INT)",
                "INSERT INTO float_key VALUES (0.1, 1), (16777217.5, 2)",
                "CREATE TABLE `odd ``name'.\"☃-select` (`select` INT PRIMARY KEY, ` a``b'\"` VARCHAR(10), `#` INT)",
                "INSERT INTO `odd ``name'.\"☃-select` VALUES (1, 'x', 1), (2, NULL, 2)",
                "CREATE TABLE parts (id INT PRIMARY KEY, x INT) PARTITION BY HASH (id) PARTITIONS 4",
                "INSERT INTO parts VALUES (1, 1), (2, 2), (3, 3), (4, 4), (5, 5)",
                "CREATE TABLE nothing (id INT PRIMARY KEY)",
                "CREATE TABLE nothing_keyless (id INT)");
    }
}
