// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.PollPace;
import dev.sluice.core.mysql.Cancellation;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Future;

/**
 * A clock that also lets the time pass: what a run waits for, pauses between two looks as much as the deadlines of its steps, goes by it. For
 * tests of plans on mock engines, in which days take milliseconds; {@code dev.sluice.testing.ManualClock} is one. A real server would not be
 * given the time that it needs, so that a Sluice with such a clock takes no engine that talks to one. Implementations are thread-safe.
 */
public abstract class DrivenClock extends Clock implements Cancellation.Sleep {
    /** Catching up does not end if it looks more rarely than every two seconds. */
    private static final Duration RARELY = Duration.ofSeconds(1);

    private static final Duration RARELY_FOR_PEOPLE = Duration.ofMinutes(1);

    /**
     * Does something when so much time has passed, on the thread that lets it pass. The work must not throw.
     *
     * @return forgets the work when closed
     */
    public abstract Cancellation.Registration after(Duration time, Runnable work);

    /**
     * That nothing real is hurried by a clock of tests.
     *
     * @throws IllegalArgumentException if an engine reaches its servers by MySQL's protocol, and the clock is one of these
     */
    public static void requireMocksOnly(Clock clock, Collection<? extends Engine> engines) {
        if (clock instanceof DrivenClock) {
            engines.stream()
                    .filter(engine -> engine.access().isEmpty())
                    .findFirst()
                    .ifPresent(real -> {
                        throw new IllegalArgumentException(
                                "A clock that a test drives goes with mock engines only, and " + real.id()
                                        + " reaches real servers");
                    });
        }
    }

    /** How often a step looks: more rarely by such a clock, or a wait of days would be a million looks. */
    static PollPace pace(Clock clock, PollPace usual) {
        return clock instanceof DrivenClock && usual.longest().compareTo(RARELY) < 0
                ? new PollPace(usual.first(), RARELY)
                : usual;
    }

    /** The same for somebody who waits for people. */
    static Duration pollOfPeople(Clock clock, Duration usual) {
        return clock instanceof DrivenClock ? RARELY_FOR_PEOPLE : usual;
    }

    /** Cancels whatever waits by this clock. */
    static Cancellation cancellation(Clock clock) {
        return clock instanceof DrivenClock driven ? new Cancellation(driven) : new Cancellation();
    }

    /** Does something when so much time has passed by this clock; threads look after the time of real ones. */
    static Cancellation.Registration alarm(Clock clock, RunThreads threads, Duration time, Runnable work) {
        if (clock instanceof DrivenClock driven) {
            return driven.after(time, work);
        }
        Future<?> alarm = threads.after(time, work);
        return () -> alarm.cancel(false);
    }
}
