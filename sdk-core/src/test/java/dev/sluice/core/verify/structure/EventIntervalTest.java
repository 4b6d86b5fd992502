// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventIntervalTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'1:30', HOUR_MINUTE, 90",
                "90, HOUR_MINUTE, 90",
                "'2-1', YEAR_MONTH, 25",
                "'1 2:3:4', DAY_SECOND, 93784",
                "7, DAY, 7",
                "'1:2:3', HOUR_MINUTE, '1:2:3'",
            })
    void intervalsOfSeveralUnitsAreTheirSmallest(String value, String field, String expected) {
        assertThat(EventInterval.inSmallestUnit(value, field)).isEqualTo(expected);
    }
}
