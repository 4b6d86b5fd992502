// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.StepDraft;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UndoReadsTest {
    private static List<RequiredPrivilege> reads(String query) {
        Undo undo = new Undo(UndoScope.ROLLBACK, "undo", Statement.of("DO 2"), new OnlyIf(query, "1"));
        return UndoReads.of(StepDraft.of(new SqlOperation(
                OperationInfo.changing("change", Target.SOURCE, "change").undoneBy(undo), Statement.of("DO 1"))));
    }

    @ParameterizedTest
    @CsvSource({
        "performance_schema, replication_connection_configuration",
        "mysql, rds_configuration",
    })
    void theTablesOfTheServerItselfTakeSelect(String schema, String table) {
        assertThat(reads("SELECT IF(1, 2, x.a) FROM (SELECT a FROM " + schema + "." + table + " WHERE a = 1) x"))
                .singleElement()
                .satisfies(need -> {
                    assertThat(need.target()).isEqualTo(Target.SOURCE);
                    assertThat(need.anyOf()).containsExactly("SELECT");
                    assertThat(need.tables()).containsExactly(TableName.of(schema, table));
                });
    }

    @Test
    void whatEverybodyMayReadTakesNothing() {
        assertThat(reads("SELECT @@GLOBAL.read_only")).isEmpty();
        assertThat(reads("SELECT 1 FROM performance_schema.persisted_variables"))
                .isEmpty();
    }
}
