// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import dev.sluice.core.mysql.Quote;
import java.sql.SQLException;
import java.util.List;

/** Names that look like syntax, patterns, paths or other names: of tables, columns and indexes. */
final class AwkwardNames {
    /** Names fit for every kind of object. */
    static final List<String> NAMES = List.of(
            "it's",
            "double \"quote\"",
            "back`tick`",
            "dot.ted",
            "da-sh",
            "per%cent",
            "under_score",
            "underXscore",
            "back\\slash",
            "sl/ash:colon*?",
            "☃ 雪 ß",
            "select",
            "group",
            " leading",
            "new\nline\ttab",
            "; -- */ #",
            "1234",
            "$dollar@{x}",
            "a".repeat(64));

    private AwkwardNames() {}

    static void create(Script script) throws SQLException {
        script.use(HostileSchema.AWKWARD);
        int row = 0;
        for (String name : NAMES) {
            create(script, name, ++row);
        }
        allColumns(script);
        if (script.valueOf("lower_case_table_names").equals("0")) {
            create(script, "Case", 100);
            create(script, "case", 101);
        }
        script.use(HostileSchema.PLAIN);
    }

    private static void create(Script script, String name, int row) throws SQLException {
        String quoted = Quote.identifier(name);
        String text = Quote.literal(name);
        script.run(
                "CREATE TABLE " + quoted + " (id INT PRIMARY KEY, " + quoted + " VARCHAR(100) DEFAULT " + text
                        + ", KEY " + quoted + " (" + quoted + ")) COMMENT = " + text,
                "INSERT INTO " + quoted + " VALUES (" + row + ", " + text + "), (0, NULL)");
    }

    /** A table that has a column of each name, the primary key over two of them. */
    private static void allColumns(Script script) throws SQLException {
        StringBuilder columns = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (String name : NAMES) {
            columns.append(Quote.identifier(name)).append(" VARCHAR(70) NOT NULL, ");
            values.append(values.isEmpty() ? "" : ", ").append(Quote.literal(name));
        }
        script.run(
                "CREATE TABLE `all columns` (" + columns
                        + "PRIMARY KEY (`it's`, `back``tick```), UNIQUE KEY `PRIMARY key` (`select`))",
                "INSERT INTO `all columns` VALUES (" + values + ")");
    }
}
