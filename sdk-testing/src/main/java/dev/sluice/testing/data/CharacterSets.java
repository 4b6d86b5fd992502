// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Character sets and collations per column, and unique keys that another collation would break. */
final class CharacterSets {
    private CharacterSets() {}

    static void create(Script script) throws SQLException {
        perColumn(script);
        uniqueUnderGeneral(script);
        if (script.since(8, 0, 1)) {
            uniqueUnder0900(script);
        }
        script.use(HostileSchema.ALIKE);
        latin1(script);
        script.use(HostileSchema.PLAIN);
    }

    private static void perColumn(Script script) throws SQLException {
        script.run(
                """
                CREATE TABLE character_sets (id INT PRIMARY KEY, latin1 VARCHAR(50) CHARACTER SET latin1, german VARCHAR(50) CHARACTER SET latin1 COLLATE latin1_german2_ci,
                  utf8mb3 VARCHAR(50) CHARACTER SET utf8mb3, utf8mb3_bin VARCHAR(50) CHARACTER SET utf8mb3 BINARY, utf16 VARCHAR(50) CHARACTER SET utf16,
                  utf16le VARCHAR(50) CHARACTER SET utf16le, utf32 CHAR(10) CHARACTER SET utf32, ucs2 VARCHAR(50) CHARACTER SET ucs2,
                  gbk VARCHAR(50) CHARACTER SET gbk, gb18030 VARCHAR(50) CHARACTER SET gb18030, big5 VARCHAR(50) CHARACTER SET big5,
                  sjis VARCHAR(50) CHARACTER SET sjis, cp932 VARCHAR(50) CHARACTER SET cp932, ujis TEXT CHARACTER SET ujis,
                  koi8r ENUM('да', 'нет') CHARACTER SET koi8r, cp1251 SET('да', 'нет') CHARACTER SET cp1251, bin CHAR(10) CHARACTER SET binary,
                  mb4_bin VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, turkish VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_turkish_ci,
                  ascii VARCHAR(50) CHARACTER SET ascii COLLATE ascii_bin, KEY (gbk), KEY (sjis), KEY (utf16), KEY (german)) DEFAULT CHARSET=greek""",
                """
                INSERT INTO character_sets VALUES (1, '€ Zoë ß', 'Ä ß', '☃ ß', '☃', '😀 ☃', '😀 ☃', '😀', '☃', '縗 中', '😀 中', '功 許', '表 申 能', '表 ①', '表',
                  'да', 'да,нет', x'00ff5c27', '😀', 'İ ı', 'a\\\\b'), (2, '', '', '', '', '', '', '', '', '', '', '', '', '', '', 'нет', '', '', '', '', ''),
                  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)""",
                "CREATE TABLE key_gbk (k VARCHAR(20) CHARACTER SET gbk PRIMARY KEY, v INT)",
                "INSERT INTO key_gbk VALUES ('縗', 1), ('中', 2), ('a', 3)",
                "CREATE TABLE key_utf16 (k VARCHAR(20) CHARACTER SET utf16 COLLATE utf16_bin PRIMARY KEY, v INT)",
                "INSERT INTO key_utf16 VALUES ('😀', 1), ('\uffee', 2), ('a', 3)");
    }

    /** On 5.7 this collation is the default, so {@code SHOW CREATE TABLE} leaves it out there; on 8.0 the default is another one. */
    private static void uniqueUnderGeneral(Script script) throws SQLException {
        script.run(
                "CREATE TABLE unique_general (id INT PRIMARY KEY, k VARCHAR(50), UNIQUE KEY (k)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci",
                "INSERT INTO unique_general VALUES (1, 'ß'), (2, 'ss'), (3, 'æ'), (4, 'ae'), (5, 'x'), (6, 'ﬁ'), (7, 'fi'), (8, '😀')",
                "CREATE TABLE key_general (k VARCHAR(50) PRIMARY KEY, v INT) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci",
                "INSERT INTO key_general VALUES ('straße', 1), ('strasse', 2)");
    }

    private static void uniqueUnder0900(Script script) throws SQLException {
        script.run(
                "CREATE TABLE unique_0900 (id INT PRIMARY KEY, k VARCHAR(50), c VARCHAR(50) COLLATE utf8mb4_0900_as_cs, UNIQUE KEY (k), UNIQUE KEY (c))"
                        + " DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci",
                "INSERT INTO unique_0900 VALUES (1, '😀', 'a'), (2, '😁', 'A'), (3, 'x', 'ä'), (4, 'x ', 'a '), (5, 'ß', '')");
    }

    private static void latin1(Script script) throws SQLException {
        String bytes = IntStream.range(0, 256).mapToObj("%02x"::formatted).collect(Collectors.joining());
        script.run(
                "CREATE TABLE latin1_defaults (id INT PRIMARY KEY, t TEXT, v VARCHAR(20) DEFAULT 'Zoë', n NCHAR(5))",
                "INSERT INTO latin1_defaults VALUES (1, _latin1 x'" + bytes + "', '€', '☃')",
                "INSERT INTO latin1_defaults (id) VALUES (2)");
    }
}
