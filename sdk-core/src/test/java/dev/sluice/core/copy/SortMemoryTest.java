// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortMemoryTest {
    @ParameterizedTest
    @CsvSource({
        "0, 4194304",
        "104857600, 4194304",
        "268435456, 8388608",
        "1073741824, 33554432",
        "9223372036854775807, 33554432"
    })
    void growsWithTheTableBetweenTwoBounds(long tableBytes, long memory) {
        assertThat(SortMemory.setting(tableBytes)).isEqualTo("SET SESSION innodb_ddl_buffer_size = " + memory);
    }
}
