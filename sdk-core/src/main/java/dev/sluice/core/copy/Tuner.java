// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds how many readers and writers are worth it: adds one, measures, and keeps it only if clearly more arrived. Knows no clock and
 * no thread, so that equal measurements give equal decisions. One thread at a time.
 */
final class Tuner {
    /** Before a change shows: batches that are under way were made by those before. */
    static final Duration SETTLE = Duration.ofSeconds(1);

    /** How long is measured: some batches of each writer, and short against a copy for which it matters. */
    static final Duration WINDOW = Duration.ofSeconds(3);

    /** Where keys are built as well, and rows come now faster and now slower. */
    static final Duration LONG_WINDOW = Duration.ofSeconds(15);

    /** When nothing helped, the servers' load may be another one after this. */
    static final Duration REST = Duration.ofSeconds(60);

    /** So many times the rate before is an improvement; less is noise. */
    private static final double GAIN = 1.05;

    /** Few, but enough that the source reads while the replica writes, and one writes while two wait for the replica's log. */
    private static final Seats START = new Seats(2, 3);

    private final Set<Seats.Side> inVain = EnumSet.noneOf(Seats.Side.class);
    private Seats most;
    private Seats now;
    private Seats.@Nullable Side trial;
    private double kept;
    private boolean wasUneven;
    private long changed;
    private boolean isMeasuring;
    private boolean isUneven;
    private long from;
    private long bytesThen;
    private boolean isResting;
    private long restSince;

    /** What measurements have to do with. */
    enum Weather {
        /** Only the numbers decide. */
        EVEN,
        /** The work is not the same all the time, but on the average. */
        UNEVEN,
        /** What arrives says nothing of the numbers: rows wait, or have another limit. */
        STOPPED
    }

    Tuner(Seats most, long nanos) {
        this.most = most;
        this.now = START.atMost(most);
        this.changed = nanos;
    }

    Seats now() {
        return now;
    }

    /** So many work from now on, without measuring: the host says so. */
    Seats fix(Seats given, long nanos) {
        most = given;
        now = given;
        startOver(nanos);
        return now;
    }

    /**
     * Decides.
     *
     * @param nanos the time
     * @param bytes all that were confirmed up to now
     * @param allowed the most that may work
     * @param weather what else than the numbers decides how much arrives
     */
    Seats step(long nanos, long bytes, Seats allowed, Weather weather) {
        isUneven |= weather == Weather.UNEVEN;
        if (weather == Weather.STOPPED || !allowed.equals(most)) {
            takeBack();
            most = allowed;
            now = now.atMost(allowed);
            startOver(nanos);
        } else if (!isMeasuring) {
            begin(nanos, bytes);
        } else if (nanos - from >= window().toNanos()) {
            judge(nanos, (double) (bytes - bytesThen) / (nanos - from));
        }
        return now;
    }

    private Duration window() {
        return isUneven ? LONG_WINDOW : WINDOW;
    }

    private void begin(long nanos, long bytes) {
        if (nanos - changed >= SETTLE.toNanos()) {
            isMeasuring = true;
            from = nanos;
            bytesThen = bytes;
        }
    }

    private void startOver(long nanos) {
        trial = null;
        inVain.clear();
        isResting = false;
        measureAnew(nanos);
    }

    private void measureAnew(long nanos) {
        changed = nanos;
        isMeasuring = false;
        isUneven = false;
    }

    private void takeBack() {
        Seats.Side tried = trial;
        if (tried != null) {
            now = now.plus(tried, -1);
            trial = null;
        }
    }

    private void judge(long nanos, double rate) {
        Seats.Side tried = trial;
        if (isResting) {
            rest(nanos);
        } else if (tried == null) {
            kept = rate;
            wasUneven = isUneven;
            tryOneMore(nanos);
        } else if (isUneven != wasUneven) {
            // Neither says anything of the other.
            takeBack();
        } else if (rate > kept * GAIN) {
            kept = rate;
            trial = null;
            // With more on this side, more on the other may be worth it now.
            inVain.clear();
            tryOneMore(nanos);
        } else {
            takeBack();
            inVain.add(tried);
        }
        measureAnew(nanos);
    }

    private void rest(long nanos) {
        if (nanos - restSince >= REST.toNanos()) {
            isResting = false;
            inVain.clear();
        }
    }

    private void tryOneMore(long nanos) {
        Optional<Seats.Side> next = Stream.of(Seats.Side.values())
                .filter(side -> !inVain.contains(side) && now.of(side) < most.of(side))
                .findFirst();
        if (next.isPresent()) {
            trial = next.get();
            now = now.plus(next.get(), 1);
        } else {
            isResting = true;
            restSince = nanos;
        }
    }
}
