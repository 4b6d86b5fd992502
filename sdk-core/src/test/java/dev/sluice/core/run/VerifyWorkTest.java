// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyWorkTest {
    /** A comparison that is cancelled has no report. */
    @ParameterizedTest
    @CsvSource({
        "PT168H, PT167H59M",
        "PT10M, PT9M",
        "PT5M, PT4M30S",
        "PT10S, PT9S",
        "PT0.001S, PT0.0009S",
        "PT0S, PT0.001S",
        "PT-5S, PT0.001S"
    })
    void aComparisonEndsBeforeItsStepIsCancelled(Duration left, Duration limit) {
        assertThat(VerifyWork.limit(left)).isEqualTo(limit);
    }
}
