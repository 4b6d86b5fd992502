// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0.34S, 0.3 s",
        "PT12.9S, 12 s",
        "PT60S, 1 min",
        "PT125S, 2 min 5 s",
        "PT2H, 2 h",
        "PT27H, 1 d 3 h",
        "PT-5S, 0.0 s"
    })
    void times(Duration time, String shown) {
        assertThat(Amounts.time(time)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "999999, 1.0 MB",
        "12345678, 12.3 MB",
        "9200000000000000000, 9200.0 PB"
    })
    void bytes(long number, String shown) {
        assertThat(Amounts.bytes(number)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "5, 10, 50", "10, 10, 99", "20, 10, 99", "9000000000000000000, 9200000000000000000, 97"})
    void sharesOfEstimatesAreNeverWhole(long done, long expected, int percent) {
        assertThat(Amounts.percent(done, expected)).isEqualTo(percent);
    }

    @Test
    void longNamesKeepTheirEnd() {
        assertThat(Printable.shortened("archive.orders_2026_11", 12)).isEqualTo("..rs_2026_11");
        assertThat(Printable.shortened("\uD83D\uDE80\uD83D\uDE80\uD83D\uDE80", 2))
                .isEqualTo("..");
        assertThat(Printable.shortened("short", 12)).isEqualTo("short");
    }
}
