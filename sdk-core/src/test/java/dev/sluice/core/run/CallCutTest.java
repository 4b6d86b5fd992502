// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallCutTest {
    private final Cancellation cancellation = new Cancellation();

    @Test
    void aCallEndsWithTheStepAndNothingOfTheInterruptRemains() {
        CountDownLatch never = new CountDownLatch(1);
        Thread stopper = new Thread(cancellation::cancel, "test-stopper");

        try (CallCut cut = CallCut.with(cancellation)) {
            stopper.start();
            assertThatThrownBy(never::await).isInstanceOf(InterruptedException.class);
            assertThat(cut).isNotNull();
        }

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aStopAfterTheCallInterruptsNobody() {
        try (CallCut cut = CallCut.with(cancellation)) {
            assertThat(cut).isNotNull();
        }

        cancellation.cancel();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void nothingBeginsThatIsStoppedAlready() {
        cancellation.cancel();

        assertThatThrownBy(() -> CallCut.with(cancellation).close()).isInstanceOf(CancelledException.class);
    }
}
