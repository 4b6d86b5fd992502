// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void medianIsTheMiddleOrBetweenTheMiddleTwo() {
        assertThat(Numbers.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2.0);
        assertThat(Numbers.median(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(3.0);
    }

    @Test
    void ofTwentyTheNineteenthIsThe95thPercentile() {
        List<Double> oneToTwenty =
                IntStream.rangeClosed(1, 20).mapToObj(i -> (double) i).toList();

        assertThat(Numbers.percentile95(oneToTwenty)).isEqualTo(19.0);
        assertThat(Numbers.percentile95(List.of(7.0))).isEqualTo(7.0);
    }
}
