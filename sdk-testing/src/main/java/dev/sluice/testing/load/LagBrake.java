// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.load;

import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunListener;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Slows applications down while a replica falls behind them or stays behind, as the people who run them would. Give it to the run as its
 * listener, or pass the run's events on to it, from one thread at a time.
 */
public final class LagBrake implements RunListener {
    /** A lag up to this is no reason: the server tells whole seconds, and a run takes a little more for caught up. */
    private static final Duration HARMLESS = Duration.ofSeconds(1);

    /** What a replica is given to get nearer before the applications are slowed down, and again after that. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Runnable slowDown;
    private @Nullable Instant since;
    private Duration lagThen = Duration.ZERO;

    /** @param slowDown is called whenever the replica did not get half as near as time went by; for instance {@link Writers#slowDown} */
    public LagBrake(Runnable slowDown) {
        this.slowDown = slowDown;
    }

    @Override
    public void onEvent(RunEvent event) {
        if (event instanceof RunEvent.LagObserved seen) {
            seen.lag().ifPresent(lag -> observe(lag, seen.at()));
        }
    }

    private void observe(Duration lag, Instant now) {
        Instant begun = since;
        if (begun == null || lag.compareTo(HARMLESS) <= 0) {
            remember(lag, now);
            return;
        }
        Duration passed = Duration.between(begun, now);
        if (passed.compareTo(PATIENCE) < 0) {
            return;
        }
        if (lagThen.minus(lag).compareTo(passed.dividedBy(2)) < 0) {
            slowDown.run();
        }
        remember(lag, now);
    }

    private void remember(Duration lag, Instant now) {
        since = now;
        lagThen = lag;
    }
}
