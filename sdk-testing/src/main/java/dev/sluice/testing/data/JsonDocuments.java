// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import dev.sluice.core.mysql.Quote;
import java.sql.SQLException;
import java.util.List;

/** JSON: depth, large numbers, Unicode, and values of SQL types that JSON text cannot tell from others. */
final class JsonDocuments {
    private static final int DEPTH = 95; // MySQL's limit is 100

    private JsonDocuments() {}

    static void create(Script script) throws SQLException {
        script.run("CREATE TABLE json_documents (id INT PRIMARY KEY AUTO_INCREMENT, j JSON, nn JSON NOT NULL)");
        for (String document : documents()) {
            script.run("INSERT INTO json_documents (j, nn) VALUES (" + Quote.literal(document) + ", '{}')");
        }
        script.run(
                "INSERT INTO json_documents (j, nn) VALUES (NULL, 'null')",
                "CREATE TABLE json_of_sql_types (id INT PRIMARY KEY, j JSON)",
                """
                INSERT INTO json_of_sql_types VALUES (1, CAST(12.50 AS JSON)), (2, CAST(TIMESTAMP'2001-02-03 04:05:06.7' AS JSON)),
                  (3, CAST(DATE'2001-02-03' AS JSON)), (4, CAST(TIME'-01:02:03' AS JSON)), (5, JSON_ARRAY(x'00ff', 1.10, TRUE, NULL)),
                  (6, CAST(CAST(1 AS UNSIGNED) AS JSON))""");
        // Not here: a DECIMAL inside JSON with more digits than a DOUBLE holds. No copy by text keeps it, mysqldump's
        // neither.
    }

    private static List<String> documents() {
        return List.of(
                "{}",
                "[]",
                "\"\"",
                "null",
                "true",
                "0",
                "-0.0",
                "[[], {}, [{}], null, \"null\", \"\", false]",
                "{\"\": 1, \" \": 2, \"a.b\": 3, \"$\": 4, \"`\": 5, \"'\": 6, \"\\\"\": 7, \"\\\\\": 8, \"☃\": 9, \"😀\": 10}",
                "[18446744073709551615, -9223372036854775808, 9223372036854775807, 9223372036854775808]",
                "[1.7976931348623157e308, 5e-324, 1e0, 1.0, 1e22, 123456789012345678901234567890, 0.1, 3.141592653589793238462643383279]",
                "{\"text\": \"tab \\t newline \\n zero \\u0000 quote ' \\\" slash \\/ back \\\\ 😀 \\ud83d\\ude00 e\\u0301\"}",
                "{\"b\": 1, \"aa\": 2, \"a\": 3, \"a\": 4}",
                "[".repeat(DEPTH) + "]".repeat(DEPTH),
                "{\"k\":".repeat(DEPTH) + "{}" + "}".repeat(DEPTH),
                "[" + "1,".repeat(20_000) + "\"" + "x".repeat(70_000) + "\"]");
    }
}
