// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RangePlanningBenchmarkTest {
    @ParameterizedTest
    @EnumSource
    void whatIsMeasuredDividesTheTable(ScriptedTable.Keys keys) {
        RangePlanningBenchmark benchmark = new RangePlanningBenchmark();
        benchmark.keys = keys;
        benchmark.setUp();

        List<String> conditions = benchmark.conditions();

        assertThat(conditions).hasSizeBetween(500, 4_000).doesNotHaveDuplicates();
        assertThat(conditions.get(0)).startsWith("`id` < ");
        assertThat(conditions.get(conditions.size() - 1)).startsWith("`id` >= ");
    }
}
