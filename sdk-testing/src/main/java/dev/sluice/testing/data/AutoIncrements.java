// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import java.sql.SQLException;

/** AUTO_INCREMENT: gaps, counters far above the largest key, a row with key 0, negative and exhausted counters. */
final class AutoIncrements {
    private AutoIncrements() {}

    static void create(Script script) throws SQLException {
        script.run(
                "CREATE TABLE auto_gaps (id INT AUTO_INCREMENT PRIMARY KEY, v INT)",
                "INSERT INTO auto_gaps VALUES (1, 1), (5, 5), (1000000, 3), (-7, 4)",
                "CREATE TABLE auto_far (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, v INT) AUTO_INCREMENT=9000000000000000000",
                "INSERT INTO auto_far VALUES (1, 1), (2, 2)",
                "CREATE TABLE auto_exhausted (id TINYINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, v INT)",
                "INSERT INTO auto_exhausted VALUES (255, 1)",
                "CREATE TABLE auto_second (g INT, id INT AUTO_INCREMENT, v INT, PRIMARY KEY (g, id), KEY (id))",
                "INSERT INTO auto_second VALUES (2, 1, 1), (1, 2, 2)",
                "CREATE TABLE auto_empty (id INT AUTO_INCREMENT PRIMARY KEY, v INT) AUTO_INCREMENT=777",
                "CREATE TABLE auto_zero (id INT AUTO_INCREMENT PRIMARY KEY, v INT)");
        script.underMode("NO_AUTO_VALUE_ON_ZERO", () -> script.run("INSERT INTO auto_zero VALUES (0, 1), (3, 2)"));
    }
}
