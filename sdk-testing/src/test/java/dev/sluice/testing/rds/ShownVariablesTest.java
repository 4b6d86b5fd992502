// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownVariablesTest {
    private final ShownVariables shown = new ShownVariables(
            List.of(FixedVariable.text("aurora_version", "3.08.0"), FixedVariable.number("sync_binlog", 1)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT '@@aurora_version'",
                "SELECT 1 /* @@aurora_version */",
                "SELECT @@aurora_version_of_mine",
                "SET GLOBAL sync_binlog = @@sync_binlog",
                "SHOW VARIABLES LIKE 'log_bin'",
                "SHOW VARIABLE",
                "INSERT INTO t VALUES ('performance_schema.global_variables')"
            })
    void whatHasNothingToDoWithItPasses(String query) {
        assertThat(shown.apply(query)).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT @@aurora_version | SELECT '3.08.0' AS `@@aurora_version`",
                "SELECT @@GLOBAL.Sync_Binlog, @@port | SELECT 1 AS `@@GLOBAL.Sync_Binlog`, @@port",
                "SELECT IF(@@sync_binlog = 1, '@@sync_binlog', 0) | SELECT IF(1 = 1, '@@sync_binlog', 0)"
            },
            quoteCharacter = '^')
    void aVariableBecomesItsValue(String query, String expected) {
        assertThat(shown.apply(query)).isEqualTo(expected);
    }

    @Test
    void literalsOfAnyLengthAndContentPass() {
        String literal = "'" + "\\'@@sync_binlog''".repeat(3_000) + "'";
        assertThat(shown.apply("INSERT INTO t VALUES (" + literal + ")")).contains(literal);
        assertThat(shown.apply("SELECT " + literal + ", @@sync_binlog + 0 -- '"))
                .isEqualTo("SELECT " + literal + ", 1 + 0 -- '");
    }

    @Test
    void showVariablesIsAnsweredByATable() {
        assertThat(shown.apply("show global variables like 'aurora%'"))
                .startsWith("SELECT * FROM (SELECT ")
                .contains(
                        "performance_schema.global_variables WHERE variable_name NOT IN ('aurora_version', 'sync_binlog')")
                .endsWith(" shown WHERE Variable_name LIKE 'aurora%' ORDER BY Variable_name");
        assertThat(shown.apply("SHOW VARIABLES WHERE Value = 1"))
                .contains("performance_schema.session_variables")
                .endsWith(" shown WHERE Value = 1 ORDER BY Variable_name");
    }

    @Test
    void theTableKeepsItsNameInTheQuery() {
        assertThat(shown.apply("SELECT * FROM performance_schema.global_variables g WHERE g.variable_name = 'x'"))
                .endsWith(") g WHERE g.variable_name = 'x'");
        assertThat(shown.apply("SELECT * FROM performance_schema.global_variables WHERE 1"))
                .endsWith(") global_variables WHERE 1");
    }
}
