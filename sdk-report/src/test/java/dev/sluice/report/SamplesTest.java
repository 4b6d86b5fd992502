// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {
    private static List<Integer> kept(int most, int count) {
        Samples<Integer> samples = new Samples<>(most);
        IntStream.range(0, count).forEach(samples::add);
        return samples.all();
    }

    @Test
    void fewAreAllKept() {
        assertThat(kept(4, 4)).containsExactly(0, 1, 2, 3);
        assertThat(kept(4, 0)).isEmpty();
    }

    @Test
    void ofManyTheFirstAndTheLastAreThereAndTheOthersAtEvenDistances() {
        assertThat(kept(4, 12)).containsExactly(0, 4, 8, 11);
        assertThat(kept(4, 5)).containsExactly(0, 2, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 400})
    void thereAreNeverMoreThanThereIsRoomForAndTheLast(int most) {
        for (int count = 1; count < 3000; count += 13) {
            List<Integer> kept = kept(most, count);

            assertThat(kept)
                    .hasSizeLessThanOrEqualTo(most + 1)
                    .isSorted()
                    .startsWith(0)
                    .endsWith(count - 1);
        }
    }
}
