// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import java.sql.SQLException;

/** Indexes: long prefixes, fulltext, descending, functional, multi-valued, invisible. */
final class Indexes {
    private Indexes() {}

    static void create(Script script) throws SQLException {
        prefixes(script);
        fulltext(script);
        if (script.since(8, 0, 1)) {
            script.run("""
                    CREATE TABLE descending_indexes (a INT, b INT, c VARCHAR(10), PRIMARY KEY (a DESC, b), KEY mixed (b DESC, c ASC, a DESC),
                      UNIQUE KEY hidden (c) INVISIBLE)""", "INSERT INTO descending_indexes VALUES (1, 1, 'x'), (1, 2, 'y'), (2, 1, NULL)");
        }
        if (script.since(8, 0, 13)) {
            functional(script);
        }
        if (script.since(8, 0, 17)) {
            script.run(
                    "CREATE TABLE multi_valued_indexes (id INT PRIMARY KEY, j JSON, KEY z ((CAST(j->'$.zip' AS UNSIGNED ARRAY))))",
                    "INSERT INTO multi_valued_indexes VALUES (1, '{\"zip\": [1, 2, 3]}'), (2, '{\"zip\": []}'), (3, NULL)");
        }
    }

    private static void prefixes(Script script) throws SQLException {
        script.run(
                """
                CREATE TABLE index_prefixes (id INT PRIMARY KEY, t TEXT, b LONGBLOB, v VARCHAR(2000), j VARCHAR(768),
                  KEY t (t(768)), KEY b (b(3072)), KEY v (v(700), b(20)), UNIQUE KEY u (t(5), v(3)), KEY whole (j)) ROW_FORMAT=DYNAMIC""",
                "INSERT INTO index_prefixes VALUES (1, REPEAT('ä', 800), REPEAT('x', 4000), REPEAT('☃', 2000), REPEAT('😀', 768)), (2, '', '', '', '')",
                "CREATE TABLE index_kinds (id INT PRIMARY KEY, a INT, b INT, KEY same (a), KEY same_again (a), KEY h (b) USING HASH, UNIQUE (b, a))",
                "INSERT INTO index_kinds VALUES (1, 1, 1), (2, 1, NULL), (3, 1, NULL)");
    }

    private static void fulltext(Script script) throws SQLException {
        script.run(
                """
                CREATE TABLE fulltexts (id INT PRIMARY KEY, a TEXT, b VARCHAR(200), FULLTEXT KEY a (a), FULLTEXT KEY a_b (a, b),
                  FULLTEXT KEY ngrams (b) WITH PARSER ngram)""",
                "INSERT INTO fulltexts VALUES (1, 'the quick brown fox', 'データベース'), (2, NULL, ''), (3, 'it''s', 'fox 😀')",
                "CREATE TABLE fulltext_ids (FTS_DOC_ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, a TEXT, FULLTEXT KEY (a))",
                "INSERT INTO fulltext_ids (a) VALUES ('one'), ('two')");
    }

    private static void functional(Script script) throws SQLException {
        script.run(
                """
                CREATE TABLE functional_indexes (id INT PRIMARY KEY, a INT, t VARCHAR(50), KEY f ((a + 1)), KEY quoted ((CONCAT(t, 'it''s'))),
                  UNIQUE KEY lower_t ((LOWER(t))), KEY mixed (a, (a * 2) DESC))""",
                "INSERT INTO functional_indexes VALUES (1, 1, 'One'), (2, 2, 'two'), (3, NULL, NULL), (4, NULL, NULL)");
    }
}
