// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import dev.sluice.core.mysql.Quote;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Bytes and text: every byte value, a large value, NULL beside empty, ENUM and SET. */
final class BytesAndText {
    private static final String EVERY_BYTE =
            IntStream.range(0, 256).mapToObj("%02x"::formatted).collect(Collectors.joining());

    private BytesAndText() {}

    static void create(Script script) throws SQLException {
        bytes(script);
        text(script);
        enumsAndSets(script);
    }

    private static void bytes(Script script) throws SQLException {
        // 5.7 shows a default that holds NUL up to the NUL only, so that no copy by SHOW CREATE can keep it.
        String withNul = script.since(8, 0, 0) ? " DEFAULT 'a\\0b'" : "";
        script.run(
                "CREATE TABLE bytes (id INT PRIMARY KEY, b BINARY(255), b4 BINARY(4)" + withNul
                        + ", v VARBINARY(300), t TINYBLOB, bl BLOB," + " m MEDIUMBLOB, l LONGBLOB)",
                "INSERT INTO bytes VALUES (1, x'%1$s', x'00ff0d0a', x'%2$s', x'%1$s', x'%2$s', x'%2$s', x'%2$s')"
                        .formatted(EVERY_BYTE.substring(2), EVERY_BYTE),
                "INSERT INTO bytes VALUES (2, '', '', '', '', '', '', '')",
                "INSERT INTO bytes VALUES (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
                "INSERT INTO bytes VALUES (4, x'20', x'2000', x'2000', x'00', x'1a', x'5c27', x'0a0d00')",
                "INSERT INTO bytes (id, l) VALUES (5, REPEAT(x'" + EVERY_BYTE + "', 4096))",
                "CREATE TABLE long_text (id INT PRIMARY KEY, m MEDIUMTEXT, l LONGTEXT)",
                "INSERT INTO long_text VALUES (1, REPEAT('☃\\\\''\"\\n', 20000), REPEAT('😀', 100000)), (2, '', NULL)");
    }

    private static void text(Script script) throws SQLException {
        String awkward =
                "quote ' double \" backslash \\ tab \t newline \n return \r zero \u0000 control \u001a percent % ; -- /* */ #";
        script.run(
                """
                CREATE TABLE texts (id INT PRIMARY KEY, c CHAR(255), v VARCHAR(500) DEFAULT 'it''s \\\\ "x"\\n;', t TINYTEXT, tx TEXT,
                  nn VARCHAR(10) NOT NULL DEFAULT '', nul VARCHAR(10) DEFAULT NULL, word VARCHAR(10) DEFAULT 'NULL',
                  stamp VARCHAR(30) DEFAULT 'CURRENT_TIMESTAMP')""",
                "INSERT INTO texts VALUES (1, '', '', '', '', '', '', '', '')",
                "INSERT INTO texts VALUES (2, NULL, NULL, NULL, NULL, '', NULL, 'NULL', NULL)",
                "INSERT INTO texts VALUES (3, %1$s, %1$s, %1$s, %1$s, '\\\\N', '\\\\', 'null', '\\'')"
                        .formatted(Quote.literal(awkward)),
                "INSERT INTO texts VALUES (4, '😀👩‍👩‍👧‍👦', '𝒳🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇦🇶', 'e\u0301 é \u202e rtl \ufeff bom \u2028', ' ', '  a ', 'a\\0b', '')",
                "INSERT INTO texts (id) VALUES (5)");
    }

    private static void enumsAndSets(Script script) throws SQLException {
        String set = IntStream.rangeClosed(1, 64).mapToObj(i -> "'m" + i + "'").collect(Collectors.joining(", "));
        script.run("""
                CREATE TABLE enums (id INT PRIMARY KEY, e ENUM('a,b', 'it''s', 'back\\\\slash', '', 'NULL', '☃', '1', '0', '"x"', ';') DEFAULT '',
                  s SET('', 'it''s', 'back\\\\slash', '☃', '0', 'x y') DEFAULT 'it''s,☃', s64 SET(""" + set + "))", """
                INSERT INTO enums VALUES (1, 'a,b', '', ''), (2, 'it''s', 'it''s,back\\\\slash', 'm1,m64'), (3, 'back\\\\slash', '☃', 'm64'),
                  (4, '', '0', 18446744073709551615), (5, 'NULL', 'x y', 9223372036854775808), (6, '☃', 1, 1), (7, 'a,b', 63, 0),
                  (8, NULL, NULL, NULL), (9, '0', 0, NULL), (10, '1', 'x y', 'm2')""");
    }

    static void createEnumErrorValue(Script script) throws SQLException {
        script.run("CREATE TABLE enum_error_value (id INT PRIMARY KEY, e ENUM('a', 'b'), with_empty ENUM('', 'a'))");
        script.underMode(
                "",
                () -> script.run(
                        "INSERT INTO enum_error_value VALUES (1, 'no such member', 'none'), (2, '', ''), (3, 0, 0), (4, 'a', 'a')"));
    }
}
