// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.run.LagRange;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LagMarksTest {
    private final LagMarks<Long> marks = new LagMarks<>();

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    /** A question that was asked at one time and answered ten milliseconds later. */
    private static Asked at(long millis) {
        return new Asked(ms(millis), ms(millis + 10));
    }

    private Optional<LagRange> range(long arrived, long now) {
        return marks.range(mark -> mark <= arrived, at(now));
    }

    @Test
    void nothingIsKnownBeforeTheFirstMark() {
        assertThat(range(0, 1000)).isEmpty();
    }

    @Test
    void aMarkThatHasNotArrivedIsWhatItIsBehindAtLeast() {
        marks.add(1L, at(1000));

        assertThat(range(0, 3000)).contains(new LagRange(ms(1990), null));
    }

    @Test
    void theNewestThatArrivedAndTheOldestThatHasNotBoundIt() {
        marks.add(1L, at(1000));
        marks.add(2L, at(2000));
        marks.add(3L, at(3000));

        // All that was committed before 1000 is there; the second mark was there at 2010 and is not yet on the replica.
        assertThat(range(1, 21_000)).contains(new LagRange(ms(18_990), ms(20_010)));
        assertThat(range(2, 21_000)).contains(new LagRange(ms(17_990), ms(19_010)));
    }

    @Test
    void withAllThereNothingIsKnownToBeMissing() {
        marks.add(1L, at(1000));
        marks.add(2L, at(2000));

        assertThat(range(2, 2100)).contains(new LagRange(Duration.ZERO, ms(110)));
    }

    @Test
    void aSourceThatStandsStillKeepsTheReplicaComplete() {
        marks.add(7L, at(1000));
        marks.add(7L, at(9000));

        assertThat(range(7, 9005)).contains(new LagRange(Duration.ZERO, ms(15)));
        // It was there at 1010 already, however late it was seen again.
        assertThat(range(6, 9005)).contains(new LagRange(ms(7995), null));
    }

    @Test
    void aSourceThatIsNotSeenAnyMoreLetsTheBoundGrow() {
        marks.add(7L, at(1000));

        assertThat(range(7, 61_000)).contains(new LagRange(Duration.ZERO, ms(60_010)));
    }

    @Test
    void manyMarksAreThinnedAndStayTrue() {
        for (long i = 1; i <= 10_000; i++) {
            marks.add(i, at(i * 1000));
        }

        LagRange range = range(5_000, 10_000_500).orElseThrow();
        assertThat(range.atLeast()).isLessThanOrEqualTo(ms(5_000_500));
        assertThat(range.atMost().orElseThrow()).isGreaterThanOrEqualTo(ms(5_000_500));
        assertThat(range.estimate()).isBetween(ms(4_980_000), ms(5_020_000));
        assertThat(range(10_000, 10_000_500)).contains(new LagRange(Duration.ZERO, ms(510)));
    }

    @Test
    void theEstimateIsTheMiddle() {
        assertThat(new LagRange(ms(100), ms(300)).estimate()).isEqualTo(ms(200));
        assertThat(new LagRange(ms(100), null).estimate()).isEqualTo(ms(100));
        assertThat(new LagRange(ms(19_500), ms(20_250))).hasToString("19.50 to 20.25 s");
        assertThat(new LagRange(ms(19_500), null)).hasToString("over 19.50 s");
    }
}
