// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import dev.sluice.core.mysql.Quote;
import java.sql.SQLException;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns that are more than a type: generated, invisible, checked, with expressions as defaults, with comments, many, without rows. */
final class ColumnFeatures {
    private static final String COMMENT =
            "it's a \"comment\" with \\ back`tick`,\nnew line; -- /* and */ ☃ DEFAULT 'x' AUTO_INCREMENT=7";

    private ColumnFeatures() {}

    static void create(Script script) throws SQLException {
        generated(script);
        comments(script);
        shapes(script);
        if (script.since(8, 0, 13)) {
            expressionDefaults(script);
        }
        if (script.since(8, 0, 16)) {
            checks(script);
        }
        if (script.since(8, 0, 23)) {
            invisible(script);
        }
        if (script.since(9, 0, 0)) {
            vectors(script);
        }
    }

    private static void generated(Script script) throws SQLException {
        script.run(
                """
                CREATE TABLE generated_columns (v_first INT GENERATED ALWAYS AS (a + 1) VIRTUAL, id INT NOT NULL PRIMARY KEY,
                  s_middle VARCHAR(60) GENERATED ALWAYS AS (CONCAT(t, ' it''s \\\\ ', IFNULL(a, '-'))) STORED NOT NULL, a INT, t VARCHAR(20) NOT NULL, j JSON,
                  v_of_v BIGINT AS (v_first * 2) VIRTUAL, j_name VARCHAR(20) AS (JSON_UNQUOTE(j->'$."na.me"')) VIRTUAL COMMENT 'from j',
                  s_key VARCHAR(80) AS (REVERSE(t)) STORED, last_normal INT DEFAULT 5,
                  KEY v_first (v_first), KEY j_name (j_name), UNIQUE KEY s_key (s_key))""",
                """
                INSERT INTO generated_columns (id, a, t, j, last_normal) VALUES (1, 1, 'one', '{"na.me": "Zoë"}', 1),
                  (2, NULL, '', NULL, NULL), (3, -2147483648, '😀', '{}', 3)""",
                "CREATE TABLE generated_key (a INT NOT NULL, k INT AS (a * 10) STORED NOT NULL, b INT, PRIMARY KEY (k))",
                "INSERT INTO generated_key (a, b) VALUES (1, 1), (2, NULL)",
                "CREATE TABLE only_generated (g INT AS (1 + 1) VIRTUAL, h VARCHAR(5) AS ('x') STORED)",
                "INSERT INTO only_generated VALUES (), ()");
    }

    private static void comments(Script script) throws SQLException {
        String comment = Quote.literal(COMMENT);
        script.run(
                "CREATE TABLE comments (id INT PRIMARY KEY COMMENT " + comment
                        + ", v VARCHAR(10) DEFAULT 'COMMENT' COMMENT " + comment + ", KEY v (v) COMMENT " + comment
                        + ") COMMENT = " + comment,
                "INSERT INTO comments VALUES (1, 'COMMENT')");
    }

    private static void shapes(Script script) throws SQLException {
        script.run(
                "CREATE TABLE hundred_columns (" + hundred(i -> "c" + i + (i % 2 == 0 ? " INT" : " VARCHAR(20)"))
                        + ", PRIMARY KEY (c100))",
                "INSERT INTO hundred_columns VALUES (" + hundred(Integer::toString) + ")",
                "INSERT INTO hundred_columns VALUES (" + hundred(i -> i == 100 ? "0" : "NULL") + ")",
                "CREATE TABLE empty_table (id INT PRIMARY KEY, v VARCHAR(10))",
                "CREATE TABLE row_compressed (id INT PRIMARY KEY, v TEXT) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8 STATS_PERSISTENT=0",
                "CREATE TABLE row_compact (id INT PRIMARY KEY, v VARCHAR(100)) ROW_FORMAT=COMPACT MAX_ROWS=10 CHECKSUM=1",
                "INSERT INTO row_compressed VALUES (1, REPEAT('compress ', 1000))",
                "INSERT INTO row_compact VALUES (1, 'a')");
    }

    private static String hundred(IntFunction<String> part) {
        return IntStream.rangeClosed(1, 100).mapToObj(part).collect(Collectors.joining(", "));
    }

    private static void expressionDefaults(Script script) throws SQLException {
        script.run(
                """
                CREATE TABLE expression_defaults (id INT PRIMARY KEY, a INT DEFAULT (1 + 2), j JSON DEFAULT (JSON_ARRAY(1, 'it''s')),
                  t TEXT DEFAULT ('te\\\\xt'), b BLOB DEFAULT (x'00ff'), u BINARY(16) DEFAULT (UUID_TO_BIN(UUID())), r DOUBLE DEFAULT (RAND()),
                  p POINT DEFAULT (POINT(0, 0)), d DATE DEFAULT (CURRENT_DATE + INTERVAL 1 YEAR), of_a INT DEFAULT (id * 2))""",
                "INSERT INTO expression_defaults (id, u, r, d) VALUES (1, x'00112233445566778899aabbccddeeff', 0.5, '2001-02-03')",
                "INSERT INTO expression_defaults VALUES (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
    }

    private static void checks(Script script) throws SQLException {
        script.run("""
                CREATE TABLE checks (id INT PRIMARY KEY CHECK (id > 0), a INT, b INT, t VARCHAR(20) CHECK (t <> 'it''s \\\\'),
                  CONSTRAINT `a < "b"` CHECK (a < b), CONSTRAINT ignored CHECK (a > 100) NOT ENFORCED)""", "INSERT INTO checks VALUES (1, 1, 2, 'x'), (2, NULL, NULL, NULL)");
    }

    private static void invisible(Script script) throws SQLException {
        script.run(
                "CREATE TABLE invisible_columns (hidden_first INT INVISIBLE DEFAULT 7, id INT PRIMARY KEY, hidden VARCHAR(10) INVISIBLE, v INT)",
                "INSERT INTO invisible_columns (hidden_first, id, hidden, v) VALUES (1, 1, 'seen?', 1), (NULL, 2, NULL, NULL)",
                "INSERT INTO invisible_columns VALUES (3, 3)",
                "CREATE TABLE invisible_key (id INT NOT NULL AUTO_INCREMENT INVISIBLE PRIMARY KEY, v INT)",
                "INSERT INTO invisible_key VALUES (1), (1), (2)");
        if (script.since(8, 0, 30)) {
            script.under(
                    Script.GENERATED_KEYS,
                    "1",
                    () -> script.run(
                            "CREATE TABLE generated_invisible_key (v INT)",
                            "INSERT INTO generated_invisible_key VALUES (1), (1)"));
        }
    }

    private static void vectors(Script script) throws SQLException {
        script.run(
                "CREATE TABLE vectors (id INT PRIMARY KEY, v VECTOR(4), w VECTOR)",
                "INSERT INTO vectors VALUES (1, STRING_TO_VECTOR('[1, -0.5, 3.4e38, 1.2e-38]'), STRING_TO_VECTOR('[0]')), (2, NULL, NULL)");
    }
}
