// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** The tuner on a scripted clock, against servers whose throughput is a function of the numbers. */
class TunerTest {
    private static final Seats MOST = new Seats(8, 8);
    private static final long SECOND = 1_000_000_000L;
    private static final int AT_REST = 120;

    private long nanos = 5 * SECOND;
    private long bytes;
    private final List<Seats> seen = new ArrayList<>();

    /** Lets so many seconds pass, at a throughput that the numbers at each second make. */
    private Seats run(Tuner tuner, int seconds, Seats most, ToLongFunction<Seats> throughput) {
        for (int i = 0; i < seconds; i++) {
            nanos += SECOND;
            bytes += throughput.applyAsLong(tuner.now());
            seen.add(tuner.step(nanos, bytes, most, Tuner.Weather.EVEN));
        }
        return tuner.now();
    }

    private Tuner tuner(Seats most) {
        return new Tuner(most, nanos);
    }

    @Test
    void whereNothingHelpsTwoAndThreeStay() {
        Tuner tuner = tuner(MOST);

        assertThat(run(tuner, 50, MOST, seats -> 100_000_000)).isEqualTo(new Seats(2, 3));
        assertThat(seen)
                .as("one more of each was tried, and no more")
                .contains(new Seats(2, 4), new Seats(3, 3))
                .allMatch(seats -> seats.readers() + seats.writers() <= 6);
        assertThat(seen.stream().filter(new Seats(2, 3)::equals).count())
                .as("a trial costs little of the time")
                .isGreaterThan(seen.size() * 3L / 4);
    }

    @Test
    void writersAreAddedUntilTheyNoLongerHelp() {
        Tuner tuner = tuner(MOST);

        Seats found = run(tuner, AT_REST - 60, MOST, seats -> 10_000_000L * Math.min(seats.writers(), 5));

        assertThat(found).isEqualTo(new Seats(2, 5));
    }

    @Test
    void readersAreAddedWhereTheyAreWhatLacks() {
        Tuner tuner = tuner(MOST);

        Seats found = run(tuner, AT_REST - 60, MOST, seats -> 10_000_000L * Math.min(seats.readers(), 4));

        assertThat(found).isEqualTo(new Seats(4, 3));
    }

    @Test
    void aGainOfFivePercentIsNone() {
        Tuner tuner = tuner(MOST);

        run(tuner, 50, MOST, seats -> 10_000_000L + 400_000L * (seats.readers() + seats.writers()));

        assertThat(tuner.now()).isEqualTo(new Seats(2, 3));
    }

    @Test
    void theBudgetIsNeverExceeded() {
        Seats most = new Seats(3, 1);
        Tuner tuner = tuner(most);
        assertThat(tuner.now()).isEqualTo(new Seats(2, 1));

        run(tuner, AT_REST, most, seats -> 10_000_000L * seats.readers() * seats.writers());

        assertThat(tuner.now()).isEqualTo(most);
        assertThat(seen).allMatch(seats -> seats.readers() <= 3 && seats.writers() == 1);
    }

    @Test
    void aSmallerBudgetCountsAtOnceAndALargerOneIsTried() {
        Tuner tuner = tuner(MOST);
        ToLongFunction<Seats> throughput = seats -> 10_000_000L * seats.writers();
        run(tuner, AT_REST, MOST, throughput);
        assertThat(tuner.now().writers()).isEqualTo(8);

        assertThat(run(tuner, 1, new Seats(8, 3), throughput).writers()).isEqualTo(3);

        assertThat(run(tuner, AT_REST, MOST, throughput).writers()).isEqualTo(8);
    }

    @Test
    void afterARestItTriesAgain() {
        Tuner tuner = tuner(MOST);
        run(tuner, 40, MOST, seats -> 10_000_000L);
        assertThat(tuner.now()).isEqualTo(new Seats(2, 3));

        run(tuner, AT_REST, MOST, seats -> 10_000_000L * Math.min(seats.writers(), 4));

        assertThat(tuner.now()).isEqualTo(new Seats(2, 4));
    }

    @Test
    void whatIsMeasuredInAPauseDoesNotCount() {
        Tuner tuner = tuner(MOST);
        run(tuner, 5, MOST, seats -> 10_000_000L);
        assertThat(tuner.now()).as("a trial is under way").isEqualTo(new Seats(2, 4));

        assertThat(tuner.step(nanos + SECOND, bytes, MOST, Tuner.Weather.STOPPED))
                .as("and taken back")
                .isEqualTo(new Seats(2, 3));
    }

    @Test
    void keysThatAreBuiltAllTheTimeDoNotKeepItFromTrying() {
        Tuner tuner = tuner(MOST);

        for (int second = 0; second < 200; second++) {
            nanos += SECOND;
            // Every other second half of the writers build the keys of a table that is complete.
            long writers = Math.min(tuner.now().writers(), 6);
            bytes += 10_000_000L * (second % 2 == 0 ? writers : writers - writers / 2);
            seen.add(tuner.step(nanos, bytes, MOST, second % 2 == 0 ? Tuner.Weather.EVEN : Tuner.Weather.UNEVEN));
        }

        assertThat(seen).contains(new Seats(2, 6)).allMatch(seats -> seats.writers() <= 7 && seats.readers() <= 3);
        assertThat(tuner.now().writers()).isBetween(5, 7);
    }

    @Test
    void whatIsMeasuredWhileKeysAreBuiltIsNoMeasureForTheRest() {
        Tuner tuner = tuner(MOST);
        // Of ten seconds of rows and thirty of rows and keys, three writers do all that there is to do.
        for (int second = 0; second < 400; second++) {
            nanos += SECOND;
            boolean keys = second % 40 >= 10;
            bytes += keys ? 10_000_000L : 20_000_000L;
            seen.add(tuner.step(nanos, bytes, MOST, keys ? Tuner.Weather.UNEVEN : Tuner.Weather.EVEN));
        }

        assertThat(seen)
                .as("at most one seat more than at the beginning is kept")
                .allMatch(seats -> seats.writers() + seats.readers() <= 7);
    }

    @Test
    void whatTheHostFixesIsNotTried() {
        Tuner tuner = tuner(MOST);

        for (int i = 0; i < 100; i++) {
            nanos += SECOND;
            assertThat(tuner.fix(new Seats(4, 6), nanos)).isEqualTo(new Seats(4, 6));
        }
    }
}
