// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class GateTest {
    private final AtomicLong clock = new AtomicLong();
    private final Cancellation cancellation = new Cancellation();
    private final Gate gate = new Gate(new Seats(2, 1), cancellation, clock::get);

    @Test
    void whoHasNoSeatMayNotWork() {
        assertThat(gate.mayRead(1)).isTrue();
        assertThat(gate.mayRead(2)).isFalse();
        assertThat(gate.mayWrite(1)).isFalse();

        gate.seats(new Seats(3, 2));

        assertThat(gate.mayRead(2)).isTrue();
        assertThat(gate.mayWrite(1)).isTrue();
    }

    @Test
    void aPauseLetsReadersEndTheirUnitsForAWhile() {
        gate.pause();
        clock.addAndGet(Gate.GRACE.toNanos() - 1);

        gate.betweenBatches();

        assertThat(gate.mayRead(0)).isFalse();
    }

    @Test
    void afterTheGraceAReaderWaitsWithinItsUnit() {
        gate.pause();
        clock.addAndGet(Gate.GRACE.toNanos());
        cancellation.cancel();

        assertThatThrownBy(gate::betweenBatches).isInstanceOf(CancelledException.class);
    }

    @Test
    void aLongStallLetsABatchPass() {
        Gate impatient =
                new Gate(new Seats(1, 1), cancellation, () -> clock.addAndGet(Gate.LONGEST_STALL.toNanos() / 10));
        impatient.pause();

        impatient.betweenBatches();

        assertThat(impatient.isPaused()).isTrue();
    }

    @Test
    void aHugeRowGoesOnBeforeTheSourceHangsUp() {
        Gate slow = new Gate(new Seats(1, 1), cancellation, () -> clock.addAndGet(Gate.LONGEST_PAYMENT.toNanos() / 10));
        slow.limit(64 << 10);

        slow.pay(240L << 20);

        assertThat(clock.get()).isLessThan(2 * Gate.LONGEST_PAYMENT.toNanos());
    }

    @Test
    void whoPaysEndsWithTheCopy() {
        gate.limit(1);
        cancellation.cancel();

        assertThatThrownBy(() -> gate.pay(1000)).isInstanceOf(CancelledException.class);
    }
}
