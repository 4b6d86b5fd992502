// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoIncrementsTest {
    @ParameterizedTest
    @CsvSource({
        "int unsigned, 300, 127, true",
        "int unsigned, 300, 255, true",
        "int unsigned, 300, 256, true",
        "int unsigned, 300, 300, true",
        "int unsigned, 300, 301, false",
        "int unsigned, 4294967295, 2147483647, true",
        "int unsigned, 4294967295, 4294967295, false",
        "int(11), 2147483647, 2147483647, false",
        "int(11), 40000, 32767, true",
        "tinyint, 127, 127, false",
        "tinyint unsigned, 200, 127, true",
        "tinyint(3) unsigned, 255, 255, false",
        "smallint, 32767, 32767, false",
        "mediumint unsigned, 16777215, 8388607, true",
        "mediumint, 8388607, 8388607, false",
        "bigint unsigned, 18446744073709551615, 18446744073709551615, false",
        "bigint unsigned, 9223372036854775808, 9223372036854775807, true",
        "bigint(20), 9223372036854775807, 9223372036854775807, false",
        "double, 300, 127, false"
    })
    void onlyAtTheEndOfItsOwnTypeACounterMayStandStill(String type, String largest, String next, boolean isBehind) {
        ServerSession session = sql -> {
            if (sql.equals(Structure.DATABASES)) {
                return List.of(Row.of(Map.of("SCHEMA_NAME", "d")));
            }
            if (sql.startsWith(AutoIncrements.COLUMNS)) {
                return List.of(Row.of(Map.of("TABLE_NAME", "t", "COLUMN_NAME", "id", "COLUMN_TYPE", type)));
            }
            return List.of(
                    sql.startsWith(AutoIncrements.COUNTERS)
                            ? Row.of(Map.of("TABLE_NAME", "t", "AUTO_INCREMENT", next))
                            : Row.of(Map.of("MAX(`id`)", largest)));
        };

        assertThat(AutoIncrements.behind(session, Scope.EVERYTHING))
                .isEqualTo(isBehind ? List.of(TableName.of("d", "t")) : List.of());
    }
}
