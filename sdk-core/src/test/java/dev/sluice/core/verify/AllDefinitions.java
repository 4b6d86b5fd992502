// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.util.List;

/** Statements that make a database with every kind of definition that 5.7 knows. */
final class AllDefinitions {
    private AllDefinitions() {}

    static List<String> in(String database) {
        return List.of(
                // The same collation on every version, as a copy sets it.
                "SET NAMES utf8mb4 COLLATE utf8mb4_general_ci",
                "SET SESSION sql_mode = 'ANSI_QUOTES'",
                "DROP DATABASE IF EXISTS " + database,
                "CREATE DATABASE " + database + " DEFAULT CHARACTER SET utf8",
                "USE " + database,
                "CREATE TABLE t (id INT(5) UNSIGNED ZEROFILL NOT NULL AUTO_INCREMENT, a TINYINT(1) DEFAULT '1', b VARCHAR(20)"
                        + " DEFAULT 'x''y' COMMENT 'it''s é', c DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE"
                        + " CURRENT_TIMESTAMP(3), y YEAR(4), g VARCHAR(40) AS (CONCAT(b, '-', 'é', '''')) VIRTUAL, g2 INT AS"
                        + " (JSON_EXTRACT(j, '$.a')) STORED, j JSON, bt BIT(3) DEFAULT b'101', e ENUM('a','b''c') DEFAULT 'a',"
                        + " d DECIMAL(10,2) DEFAULT '0.00', tx TEXT, ts TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,"
                        + " f FLOAT(7,3), PRIMARY KEY (id), KEY k (b(5), a) COMMENT 'k', UNIQUE u (b, d), FULLTEXT ft (tx))"
                        + " COMMENT = 'it''s' ROW_FORMAT = DYNAMIC AUTO_INCREMENT = 50",
                "CREATE TABLE p (id INT, d DATE) PARTITION BY RANGE (YEAR(d)) SUBPARTITION BY HASH (id) SUBPARTITIONS 2"
                        + " (PARTITION p0 VALUES LESS THAN (2000) COMMENT 'old', PARTITION p1 VALUES LESS THAN MAXVALUE)",
                "CREATE TABLE p2 (id INT, s VARCHAR(10)) PARTITION BY LIST COLUMNS (s)"
                        + " (PARTITION a VALUES IN ('x', 'y'), PARTITION b VALUES IN ('z'))",
                "CREATE TABLE c (id INT PRIMARY KEY, t_id INT(5) UNSIGNED ZEROFILL, FOREIGN KEY (t_id) REFERENCES t (id),"
                        + " CONSTRAINT fk2 FOREIGN KEY (t_id) REFERENCES t (id) ON DELETE CASCADE ON UPDATE SET NULL)",
                "CREATE DEFINER = 'nobody'@'nowhere' SQL SECURITY INVOKER VIEW w AS SELECT id, b FROM t WHERE a = 1"
                        + " WITH CASCADED CHECK OPTION",
                "CREATE VIEW w2 AS SELECT COUNT(*) n, CONCAT(b, 'é''') x, CAST(a AS CHAR) ch, IF(a > 1 AND (b = 'x' OR NOT d < 0), 1, 2) q,"
                        + " DATE_ADD(MAX(c), INTERVAL 1 DAY) dd, b LIKE '%x' lk, d DIV 2, d / 2 * (3 + 1), a IS NULL,"
                        + " CASE a WHEN 1 THEN 'one' ELSE 'two' END cs, j->'$.a' je, GROUP_CONCAT(b ORDER BY t.id SEPARATOR ','),"
                        + " CONVERT(b USING latin1) l, EXISTS (SELECT 1 FROM c WHERE c.t_id = t.id) ex FROM t LEFT JOIN c USING (id)"
                        + " WHERE t.id IN (1, 2, 3) AND b BETWEEN 'a' AND 'z' GROUP BY b HAVING n > 1 ORDER BY 1 LIMIT 5",
                "CREATE VIEW w3 AS SELECT w.b FROM w JOIN t USING (id) UNION ALL SELECT 'x' UNION SELECT NULL",
                "CREATE PROCEDURE pr (IN a INT, INOUT b VARCHAR(20)) DETERMINISTIC READS SQL DATA COMMENT 'c' BEGIN SELECT a; END",
                "CREATE FUNCTION fn (x DECIMAL(10,2) UNSIGNED) RETURNS VARCHAR(10) CHARSET latin1 NO SQL RETURN 'x'",
                "CREATE TRIGGER tr1 BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 2",
                "CREATE TRIGGER tr2 BEFORE INSERT ON t FOR EACH ROW PRECEDES tr1 SET NEW.a = 3",
                "CREATE EVENT ev ON SCHEDULE EVERY 1 HOUR STARTS '2030-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE"
                        + " COMMENT 'x' DO SELECT 1",
                "CREATE EVENT ev2 ON SCHEDULE AT '2035-01-01 00:00:00' DISABLE DO SET @x = 1",
                "INSERT INTO t (b, c, ts) VALUES ('x', '2024-01-01', '2024-01-01')");
    }
}
