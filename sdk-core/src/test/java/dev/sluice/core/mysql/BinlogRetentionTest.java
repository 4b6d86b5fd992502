// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinlogRetentionTest {
    @ParameterizedTest
    @CsvSource({"PT1H, 1", "PT24H, 1", "PT25H, 2", "P6D, 6", "P99D, 99"})
    void wholeDaysAreRoundedUp(Duration time, long days) {
        assertThat(BinlogRetention.IN_DAYS.valueFor(time)).isEqualTo(days);
    }

    @ParameterizedTest
    @CsvSource({"PT1H, 3600", "PT0.5S, 1", "PT1.5S, 2", "P30D, 2592000"})
    void secondsAreRoundedUp(Duration time, long seconds) {
        assertThat(BinlogRetention.IN_SECONDS.valueFor(time)).isEqualTo(seconds);
    }

    @Test
    void whatCannotBeSetIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BinlogRetention.IN_DAYS.valueFor(Duration.ofDays(100)))
                .withMessageContaining("expire_logs_days");
        assertThatIllegalArgumentException().isThrownBy(() -> BinlogRetention.IN_SECONDS.valueFor(Duration.ZERO));
    }

    @Test
    void valuesAreReadBack() {
        assertThat(BinlogRetention.IN_DAYS.of(7)).isEqualTo(Duration.ofDays(7));
        assertThat(BinlogRetention.IN_SECONDS.of(60)).isEqualTo(Duration.ofMinutes(1));
    }
}
