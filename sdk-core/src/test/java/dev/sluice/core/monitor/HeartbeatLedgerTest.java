// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.run.LagRange;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeartbeatLedgerTest {
    private final HeartbeatLedger ledger = new HeartbeatLedger();

    private static Asked at(long second) {
        return new Asked(Duration.ofSeconds(second), Duration.ofSeconds(second));
    }

    @Test
    void noBeatNoLag() {
        assertThat(ledger.look(Optional.empty(), at(5))).isEqualTo(BeatSight.NONE);
    }

    /** Nobody knows when it was written, so that only its neighbours count. */
    @Test
    void aBeatOfUnknownOutcomeThatArrivedCountsAsTheOneBefore() {
        ledger.written(1, at(10));
        ledger.failed("the connection was lost");
        ledger.written(3, at(12));

        BeatSight sight = ledger.look(Optional.of(2L), at(20));
        assertThat(sight.lag()).contains(new LagRange(Duration.ofSeconds(8), Duration.ofSeconds(10)));
        assertThat(sight.trouble()).isEmpty();
    }

    @Test
    void whyItStoppedIsToldUntilItGoesOn() {
        ledger.written(1, at(10));
        ledger.failed("the table is gone");

        assertThat(ledger.look(Optional.of(1L), at(11)).trouble()).contains("the table is gone");
        ledger.written(3, at(12));
        assertThat(ledger.look(Optional.of(3L), at(12)).trouble()).isEmpty();
    }
}
