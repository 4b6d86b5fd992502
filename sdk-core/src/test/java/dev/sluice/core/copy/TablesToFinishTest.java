// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.TableDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesToFinishTest {
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 1", "4, 2"})
    void halfOfTheWritersGoOnWithRows(int writers, int building) {
        TablesToFinish tables = filled();

        for (int i = 0; i < building; i++) {
            assertThat(tables.take(true, writers)).isNotNull();
        }
        assertThat(tables.take(true, writers)).isNull();
        assertThat(tables.isBuilding()).isEqualTo(building > 0);
    }

    @Test
    void whoeverHasFewerWritersNowBuildsLessAmongRows() {
        TablesToFinish tables = filled();

        assertThat(tables.take(true, 4)).isNotNull();

        assertThat(tables.has(true, 4)).isTrue();
        assertThat(tables.has(true, 3)).isFalse();
        assertThat(tables.take(true, 3)).isNull();
    }

    @Test
    void withoutRowsEverybodyBuilds() {
        TablesToFinish tables = filled();

        assertThat(tables.take(false, 2)).isNotNull();
        assertThat(tables.take(false, 2)).isNotNull();
    }

    @Test
    void whoHasFinishedMayTakeTheNext() {
        TablesToFinish tables = filled();

        assertThat(tables.take(true, 2)).isNotNull();
        tables.finished();

        assertThat(tables.isBuilding()).isFalse();
        assertThat(tables.take(true, 2)).isNotNull();
    }

    @Test
    void theOneThatWaitedLongestIsFirst() {
        TablesToFinish tables = filled();

        assertThat(tables.take(false, 2)).extracting(TableDefinition::name).isEqualTo(new TableName("d", "t0"));
    }

    private static TablesToFinish filled() {
        TablesToFinish tables = new TablesToFinish();
        for (int i = 0; i < 6; i++) {
            tables.add(table(i));
        }
        return tables;
    }

    private static TableDefinition table(int number) {
        return new TableDefinition(
                new TableName("d", "t" + number),
                "CREATE TABLE",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new TableDefinition.Size("InnoDB", 0, 0));
    }
}
