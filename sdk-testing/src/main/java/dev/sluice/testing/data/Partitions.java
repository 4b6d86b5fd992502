// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import java.sql.SQLException;

/** Tables partitioned in every way, with awkward partition names. */
final class Partitions {
    private Partitions() {}

    static void create(Script script) throws SQLException {
        ranges(script);
        lists(script);
        hashes(script);
    }

    private static void ranges(Script script) throws SQLException {
        script.run(
                """
                CREATE TABLE partitioned_range (id INT, v INT, PRIMARY KEY (id)) PARTITION BY RANGE (id) (
                  PARTITION `p -1` VALUES LESS THAN (0) COMMENT = 'it''s', PARTITION `p'q"` VALUES LESS THAN (10),
                  PARTITION `select` VALUES LESS THAN (100), PARTITION `☃.%_` VALUES LESS THAN MAXVALUE)""",
                "INSERT INTO partitioned_range VALUES (-5, 1), (5, 2), (50, 3), (2147483647, 4)",
                """
                CREATE TABLE partitioned_columns (d DATE, t VARCHAR(10), v INT) PARTITION BY RANGE COLUMNS (d, t) (
                  PARTITION a VALUES LESS THAN ('2001-01-01', 'm'), PARTITION b VALUES LESS THAN ('2001-01-01', MAXVALUE),
                  PARTITION c VALUES LESS THAN (MAXVALUE, MAXVALUE))""",
                "INSERT INTO partitioned_columns VALUES ('2000-01-01', 'z', 1), ('2001-01-01', 'm', 2), ('2001-01-01', 'm', 2), (NULL, NULL, 3), ('2021-01-01', '', 4)",
                """
                CREATE TABLE partitioned_timestamp (s TIMESTAMP NOT NULL, id INT, PRIMARY KEY (id, s))
                  PARTITION BY RANGE (UNIX_TIMESTAMP(s)) SUBPARTITION BY HASH (id) SUBPARTITIONS 2 (
                  PARTITION old VALUES LESS THAN (1000000000), PARTITION new VALUES LESS THAN MAXVALUE)""",
                "INSERT INTO partitioned_timestamp VALUES ('2001-01-01 00:00:00', 1), ('2021-01-01 00:00:00', 2)",
                """
                CREATE TABLE partitioned_twice (id INT, d DATE, v INT) PARTITION BY RANGE (YEAR(d)) SUBPARTITION BY KEY (id) (
                  PARTITION p0 VALUES LESS THAN (2000) (SUBPARTITION `s 0`, SUBPARTITION `s``1`),
                  PARTITION p1 VALUES LESS THAN MAXVALUE (SUBPARTITION `s\\2`, SUBPARTITION s3))""",
                "INSERT INTO partitioned_twice VALUES (1, '1999-12-31', 1), (2, '2000-01-01', 2), (NULL, NULL, NULL)");
    }

    private static void lists(Script script) throws SQLException {
        script.run(
                """
                CREATE TABLE partitioned_list (id INT AUTO_INCREMENT, k INT NOT NULL, PRIMARY KEY (id, k)) AUTO_INCREMENT=5000
                  PARTITION BY LIST (k) (PARTITION odd VALUES IN (1, 3, 5), PARTITION even VALUES IN (0, 2, 4), PARTITION `empty` VALUES IN (9))""",
                "INSERT INTO partitioned_list (k) VALUES (1), (2), (3), (4)",
                """
                CREATE TABLE partitioned_list_columns (t VARCHAR(20), v INT) PARTITION BY LIST COLUMNS (t) (
                  PARTITION q VALUES IN ('it''s', 'back\\\\slash', ''), PARTITION n VALUES IN (NULL, 'ä'))""",
                "INSERT INTO partitioned_list_columns VALUES ('it''s', 1), ('back\\\\slash', 2), (NULL, 3), ('', 4), ('ä', 5)");
    }

    private static void hashes(Script script) throws SQLException {
        script.run(
                "CREATE TABLE partitioned_hash (id INT PRIMARY KEY, v INT) PARTITION BY HASH (id) PARTITIONS 4",
                "INSERT INTO partitioned_hash VALUES (1, 1), (2, 2), (3, 3), (-4, 4)",
                "CREATE TABLE partitioned_linear (id INT PRIMARY KEY, v INT) PARTITION BY LINEAR HASH (id) PARTITIONS 3",
                "INSERT INTO partitioned_linear VALUES (1, 1), (2, 2)",
                "CREATE TABLE partitioned_key (k VARCHAR(20) PRIMARY KEY, v INT) PARTITION BY KEY () PARTITIONS 3",
                "INSERT INTO partitioned_key VALUES ('a', 1), ('☃', 2), ('it''s', 3)",
                "CREATE TABLE partitioned_key_old (k INT PRIMARY KEY, v INT) PARTITION BY KEY ALGORITHM=1 (k) PARTITIONS 2",
                "INSERT INTO partitioned_key_old VALUES (1, 1), (2, 2)");
    }
}
