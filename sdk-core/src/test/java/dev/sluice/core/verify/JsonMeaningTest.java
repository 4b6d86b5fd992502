// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonMeaningTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": 1}|{\"a\": 1.0}",
                "[1e2]|[100]",
                "[0.0000001]|[1e-7]",
                "[-0]|[-0.0]",
                "1.10|1.1",
                "[1.7976931348623157e308]|[1.7976931348623157E+308]",
                "\"é\"|\"\\u00e9\""
            })
    void twoSpellingsMeanTheSame(String one, String other) {
        assertThat(JsonMeaning.checksum(one)).isEqualTo(JsonMeaning.checksum(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": 1}|{\"a\": \"1\"}",
                "[1, 2]|[12]",
                "[[1], 2]|[1, [2]]",
                "[]|{}",
                "null|\"null\"",
                "[true]|[1]",
                "{\"a\": \"b\"}|[\"a\", \"b\"]",
                "12345678901234567890.12|12345678901234567000",
                "[0.1]|[0.10000000000000001]",
                "\"a \"|\"a\"",
                "[\"a\", \"b\"]|[\"a1:b\"]",
                "not json|not  json"
            })
    void differentDocumentsStayDifferent(String one, String other) {
        assertThat(JsonMeaning.checksum(one)).isNotEqualTo(JsonMeaning.checksum(other));
    }
}
