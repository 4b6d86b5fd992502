// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static dev.sluice.core.preflight.Answers.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.Problem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinlogExpiresSoonTest {
    private static final long GIB = 1L << 30;

    private final Live live = new Live();
    private final Situation shop = Situation.healthy().plan(plan -> plan.databases("shop"));

    private List<Problem> ask(Situation situation, Duration retention) {
        live.retention = retention;
        return live.ask(new BinlogExpiresSoon(live.servers()), situation);
    }

    /** 300 GiB of rows and 100 of keys on the source's disk. */
    private void large() {
        live.source.to(
                "AS index_bytes",
                row("n", "100", "data_bytes", String.valueOf(300 * GIB), "index_bytes", String.valueOf(100 * GIB)));
    }

    @Test
    void lessThanAnHourIsTooShortForWhateverRun() {
        assertThat(ask(shop.alreadyRunning(), Duration.ofMinutes(10)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what())
                        .contains("The source 10.0.0.1:3306")
                        .endsWith("after 600 s"));
    }

    /** 0.8 × 400 GiB at 10 MiB/s are 9.1 h; four times that are 36 h. */
    @Test
    void lessThanACopyByTheSourcesStatisticsMayNeedIsTooShort() {
        large();

        assertThat(ask(shop, Duration.ofHours(36)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what())
                        .contains(
                                "after 129600 s", "36 h for a copy of 240.0 GiB", "9 h at 10.0 MiB/s", "not measured"));
        assertThat(ask(shop, Duration.ofHours(37))).isEmpty();
    }

    @Test
    void whatThePlanAsksForIsWhatThereWillBe() {
        large();

        assertThat(ask(shop.with(plan -> plan.retainBinlogs(Duration.ofHours(37))), Duration.ofHours(36)))
                .isEmpty();
        assertThat(ask(shop.with(plan -> plan.retainBinlogs(Duration.ofHours(35))), Duration.ofHours(2)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("after 126000 s"));
    }

    @Test
    void aPlanThatCopiesNothingNeedsTheHourOnly() {
        large();

        assertThat(ask(shop.alreadyRunning(), Duration.ofHours(1))).isEmpty();
        assertThat(live.source.asked).isEmpty();
    }

    @Test
    void logsThatAreKeptForEverAreFine() {
        large();
        live.retention = null;

        assertThat(live.ask(new BinlogExpiresSoon(live.servers()), shop)).isEmpty();
    }

    /** Engines tell of it themselves: RDS keeps nothing unasked. */
    @Test
    void whereNobodyPromisesAnythingThisSaysNothing() {
        assertThat(ask(shop, Duration.ZERO)).isEmpty();
    }
}
