// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.run.DrivenClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock for tests of plans on mock engines: whatever a run waits for, time goes on at once to when the waiting ends, so that a plan of days
 * runs in milliseconds. Between two waits it stands still, and a test can move it by {@link #advance}.
 *
 * <pre>{@code
 * ManualClock clock = ManualClock.create();
 * MockEngine mock = MockEngine.create().clock(clock).lag(LagRule.shrinking(Duration.ofDays(2), 3));
 * try (Sluice sluice = mock.sluice().build()) {
 *     RunResult result = sluice.start(sluice.compile(plan)).await();   // returns at once
 *     assertThat(result.took()).isGreaterThan(Duration.ofDays(1));     // by this clock
 * }
 * }</pre>
 *
 * <p>What is to happen at some time while a run goes on, such as a confirmation by a person or a cancel, is given to {@link #after}: there it
 * happens on the run's own thread, at exactly that time. A listener hears of events on a thread of its own, for which this clock does not wait.
 *
 * <p>A Sluice with this clock refuses engines that reach real servers. Thread-safe; of several runs with one clock, each waits for no other.
 */
public final class ManualClock extends DrivenClock {
    /** Where it begins. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparing(Alarm::at).thenComparing(Alarm::number));
    private Instant now;
    private long number;

    private ManualClock(Instant start) {
        this.now = start;
    }

    /** A clock that begins at {@link #START}. */
    public static ManualClock create() {
        return startingAt(START);
    }

    /** A clock that begins at this instant. */
    public static ManualClock startingAt(Instant start) {
        return new ManualClock(start);
    }

    private record Alarm(Instant at, long number, Runnable work) {}

    /** Lets the time pass by so much, and does on this thread what is due meanwhile. */
    public void advance(Duration time) {
        new Cancellation(this).sleep(time);
    }

    /**
     * {@inheritDoc}
     *
     * @param time not negative
     */
    @Override
    public synchronized Cancellation.Registration after(Duration time, Runnable work) {
        Alarm alarm = new Alarm(now.plus(time), number++, work);
        alarms.add(alarm);
        return () -> forget(alarm);
    }

    private synchronized void forget(Alarm alarm) {
        alarms.remove(alarm);
    }

    /** Goes on to the end of that time at once, or to the moment of what cancels the waiting. */
    @Override
    public void pass(Duration time, Cancellation until) throws InterruptedException {
        Instant end = instant().plus(time);
        while (!until.isCancelled()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Alarm due = goOnTo(end);
            if (due == null) {
                return;
            }
            due.work.run();
        }
    }

    /** The next thing that is due by then; null if there is none, and it is that time. */
    private synchronized @Nullable Alarm goOnTo(Instant end) {
        Alarm next = alarms.peek();
        if (next == null || next.at.isAfter(end)) {
            goOn(end);
            return null;
        }
        goOn(next.at);
        return alarms.poll();
    }

    /** Another waiter may have been here already. */
    private void goOn(Instant then) {
        now = then.isAfter(now) ? then : now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Always UTC. */
    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Shows this clock's time in another zone; it cannot be waited by. */
    @Override
    public Clock withZone(ZoneId zone) {
        ManualClock driven = this;
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return driven.withZone(other);
            }

            @Override
            public Instant instant() {
                return driven.instant();
            }
        };
    }

    @Override
    public String toString() {
        return "manual clock at " + instant();
    }
}
