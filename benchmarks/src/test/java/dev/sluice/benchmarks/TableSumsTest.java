// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TableSumsTest {
    private static final TableSums SOURCE = new TableSums(Map.of("bench.a", "1 CREATE", "bench.b", "2 CREATE"));

    @Test
    void equalTablesPass() {
        assertThatCode(() -> SOURCE.requireEqual(new TableSums(SOURCE.tables()), "a peer"))
                .doesNotThrowAnyException();
    }

    @Test
    void otherRowsFail() {
        TableSums copy = new TableSums(Map.of("bench.a", "1 CREATE", "bench.b", "3 CREATE"));

        assertThatIllegalStateException()
                .isThrownBy(() -> SOURCE.requireEqual(copy, "a peer"))
                .withMessageContaining("a peer did not copy 1 of 2")
                .withMessageContaining("bench.b");
    }

    @Test
    void tableThatIsNotThereFails() {
        TableSums copy = new TableSums(Map.of("bench.a", "1 CREATE"));

        assertThatIllegalStateException().isThrownBy(() -> SOURCE.requireEqual(copy, "a peer"));
    }

    @Test
    void tableTooManyFails() {
        TableSums fewer = new TableSums(Map.of("bench.a", "1 CREATE"));

        assertThatIllegalStateException().isThrownBy(() -> fewer.requireEqual(SOURCE, "a peer"));
    }

    @Test
    void nothingToCompareFails() {
        TableSums nothing = new TableSums(Map.of());

        assertThatIllegalStateException().isThrownBy(() -> nothing.requireEqual(nothing, "a peer"));
    }
}
