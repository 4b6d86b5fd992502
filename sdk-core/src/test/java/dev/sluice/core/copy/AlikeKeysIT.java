// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys whose first column is the same in nearly all rows, of every type: the next column divides them, and no row is lost or doubled. */
@Timeout(120)
class AlikeKeysIT {
    private static final SharedServers SERVERS = SharedServers.ofThisJvm();
    private static final long UNIT = 1024;

    /** A type, the value that nearly all rows have, and two others. */
    private static final List<List<String>> KINDS = List.of(
            List.of("BIGINT UNSIGNED", "18446744073709551614", "18446744073709551615", "0"),
            List.of("INT(9) UNSIGNED ZEROFILL", "42", "43", "0"),
            List.of(
                    "DECIMAL(65,30)",
                    "-99999999999999999999999999999999999.999999999999999999999999999998",
                    "-99999999999999999999999999999999999.999999999999999999999999999999",
                    "1"),
            List.of("FLOAT", "0.1", "0.2", "-1"),
            List.of("FLOAT", "16777216", "16777218", "-1"),
            List.of("FLOAT", "1.17549435e-38", "3.4028234e38", "-3.4e38"),
            List.of("DOUBLE", "0.30000000000000004", "0.3", "-1"),
            List.of("BIT(8)", "b'101'", "b'110'", "b'0'"),
            List.of("BIT(8)", "5", "53", "0"),
            List.of("DECIMAL(5,5) UNSIGNED ZEROFILL", "0.5", "0.99999", "0"),
            List.of("BIT(64)", "18446744073709551614", "18446744073709551615", "0"),
            List.of("BIT(64)", "b'0011010100110101'", "53", "5"),
            List.of("DATE", "'2024-02-31'", "'2024-03-01'", "'2024-02-30'"),
            List.of("DATE", "'2024-00-00'", "'2024-01-01'", "'0000-00-00'"),
            List.of("DATE", "'0000-00-00'", "'0000-00-01'", "'0000-00-00'"),
            List.of("DATETIME(6)", "'2024-02-31 23:59:59.999999'", "'2024-03-01'", "'0000-00-00'"),
            List.of("DATETIME(3)", "'0000-00-00 00:00:00'", "'2024-00-01'", "'9999-12-31'"),
            List.of("TIMESTAMP(6)", "'0000-00-00 00:00:00'", "'1970-01-01 00:00:01'", "'2038-01-19 03:14:07.999999'"),
            List.of("TIMESTAMP", "'2038-01-19 03:14:07'", "'1970-01-01 00:00:01'", "'0000-00-00'"),
            List.of("TIME(6)", "'-00:00:00.000001'", "'00:00:00'", "'-838:59:59'"),
            List.of("TIME", "'838:59:59'", "'838:59:58'", "'-838:59:59'"),
            List.of("YEAR", "2000", "'0000'", "2155"),
            List.of("YEAR", "'0000'", "2000", "1901"),
            List.of("CHAR(10) COLLATE utf8mb4_unicode_ci", "'it''s \\\\'", "'it''s \\\\\\t'", "''"),
            List.of("CHAR(10) COLLATE utf8mb4_bin", "'a'", "'a\\t'", "''"),
            List.of("VARCHAR(10) COLLATE utf8mb4_bin", "'a '", "'a\\t'", "''"),
            List.of("VARCHAR(10) CHARACTER SET latin1", "_latin1 X'8190'", "_latin1 X'E9'", "_latin1 X'00'"),
            List.of("VARCHAR(10) CHARACTER SET sjis", "_sjis X'5C7E'", "_sjis X'815F'", "_sjis X'B1'"),
            List.of("VARCHAR(10) CHARACTER SET cp932", "_cp932 X'FA54'", "_cp932 X'81CA'", "_cp932 X'EEF9'"),
            List.of("VARCHAR(10) CHARACTER SET greek", "_greek X'AE'", "_greek X'AF'", "_greek X'D2'"),
            List.of("VARCHAR(10) CHARACTER SET utf16", "'😀'", "'\uffff'", "'a'"),
            List.of("BINARY(4)", "X'00'", "X'0000000001'", "X'FF'"),
            List.of("VARBINARY(4)", "X'00'", "X'0000'", "''"),
            List.of("ENUM('b','a','')", "'b'", "'a'", "''"),
            List.of("ENUM('3','2','1')", "1", "2", "0"),
            List.of("SET('b','a')", "'b'", "'a'", "'a,b'"));

    @Test
    void rowsWithOneValueInFrontAreDividedByTheNextColumn() {
        divide("9");
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"5.7", "8.0"})
    void andOnOlderServers(String version) {
        divide(version);
    }

    private static void divide(String version) {
        try (Loan source = SERVERS.borrow(MySqlRelease.named(version))) {
            source.server().execute(filling().toArray(String[]::new));
            SoftAssertions all = new SoftAssertions();
            int units = 0;
            try (Copies copies = Copies.of(source.server())) {
                for (TableDefinition table : copies.catalog().tables()) {
                    try {
                        units += new EachRowOnce(copies, table).inUnitsOf(UNIT).size();
                    } catch (RuntimeException | AssertionError failure) {
                        all.fail(kind(table), failure);
                    }
                }
            }
            all.assertAll();
            assertThat(units).isGreaterThan(10 * KINDS.size());
        }
    }

    private static String kind(TableDefinition table) {
        return table.name() + " "
                + KINDS.get(Integer.parseInt(table.name().table().replaceFirst("\\D", "")) / 2);
    }

    private static List<String> filling() {
        List<String> statements = new ArrayList<>(List.of(
                "SET NAMES utf8mb4",
                "SET SESSION sql_mode = 'ALLOW_INVALID_DATES', SESSION time_zone = '+00:00'",
                "CREATE DATABASE app CHARACTER SET utf8mb4",
                "USE app",
                "CREATE TABLE numbers (id INT AUTO_INCREMENT PRIMARY KEY)",
                "INSERT INTO numbers VALUES (NULL), (NULL), (NULL), (NULL)"));
        for (int i = 0; i < 7; i++) {
            statements.add("INSERT INTO numbers SELECT NULL FROM numbers");
        }
        for (int i = 0; i < KINDS.size(); i++) {
            List<String> kind = KINDS.get(i);
            for (boolean alone : new boolean[] {false, true}) {
                String table = "k" + (2 * i + (alone ? 1 : 0));
                statements.add(
                        "CREATE TABLE " + table + " (k " + kind.get(0) + " NOT NULL, id INT, PRIMARY KEY (k, id))");
                for (int value = 1; value < (alone ? 2 : 4); value++) {
                    statements.add(
                            "INSERT IGNORE INTO " + table + " SELECT " + kind.get(value) + ", id FROM numbers WHERE id "
                                    + (value == 1 ? "> 20" : "% 10 = " + value + " AND id <= 20"));
                }
                statements.add("ANALYZE TABLE " + table);
            }
        }
        statements.add("DROP TABLE numbers");
        return statements;
    }
}
