// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.run.Figure;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BinlogDistanceTest {
    private static final Map<String, Long> LOGS =
            Map.of("bin.000009", 1000L, "bin.000010", 5000L, "bin.000011", 7000L, "bin.000012", 333L);

    private static Figure from(String file, long position) {
        return BinlogDistance.between(
                Optional.of(new BinlogPosition(file, position)), new BinlogPosition("bin.000012", 900), LOGS);
    }

    @Test
    void inOneFileItIsTheDifferenceAndNeedsNoList() {
        assertThat(BinlogDistance.between(
                        Optional.of(new BinlogPosition("bin.000012", 100)),
                        new BinlogPosition("bin.000012", 900),
                        Map.of()))
                .isEqualTo(Figure.of(800));
    }

    @Test
    void whoeverIsAtTheEndOrPastItLacksNothing() {
        assertThat(from("bin.000012", 900)).isEqualTo(Figure.of(0));
        assertThat(from("bin.000012", 950)).isEqualTo(Figure.of(0));
        assertThat(from("bin.000013", 4)).isEqualTo(Figure.of(0));
    }

    @Test
    void overFilesItIsTheRestOfTheFirstAllBetweenAndWhatTheLastOneHolds() {
        assertThat(from("bin.000011", 6990)).isEqualTo(Figure.of(10 + 900));
        assertThat(from("bin.000009", 400)).isEqualTo(Figure.of(600 + 5000 + 7000 + 900));
    }

    @Test
    void filesAreOrderedByNumber() {
        assertThat(BinlogDistance.between(
                        Optional.of(new BinlogPosition("bin.999999", 4)),
                        new BinlogPosition("bin.1000001", 10),
                        Map.of("bin.999999", 104L, "bin.1000000", 200L, "bin.1000001", 4L)))
                .isEqualTo(Figure.of(100 + 200 + 10));
    }

    @Test
    void aPurgedFileAndAMissingListAreNoZero() {
        assertThat(from("bin.000008", 4).value()).isEmpty();
        assertThat(from("bin.000008", 4).whyUnknown()).contains("bin.000008");
        assertThat(BinlogDistance.between(
                                Optional.of(new BinlogPosition("bin.000008", 4)),
                                new BinlogPosition("bin.000012", 900),
                                Map.of())
                        .whyUnknown())
                .contains("not listed");
        assertThat(BinlogDistance.between(Optional.empty(), new BinlogPosition("bin.000012", 900), LOGS)
                        .value())
                .isEmpty();
    }
}
