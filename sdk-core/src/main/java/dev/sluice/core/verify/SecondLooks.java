// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.verify.VerifyListener;
import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Looks again at what was not the same, until each row agrees or is proven to differ, or the deadline comes. One thread. */
final class SecondLooks {
    /** Rows that change all the time agree only where both servers are looked at many times, at moments of no order. */
    private static final int LOOKS_A_ROUND = 12;

    /** A row that goes to and fro passes this many for one that holds still one time in thirty-two. */
    private static final int LOOKS_AT_THE_STEADY = 3;

    private static final int LONGEST_BREAK_MILLIS = 16;

    private static final int SHORTEST_PAUSE_MILLIS = 20;
    private static final int LONGEST_PAUSE_MILLIS = 300;

    private final SessionPair sessions;
    private final @Nullable ReplicaPassing passing;
    private final Deadline deadline;
    private final Cancellation cancellation;
    private final VerifyListener listener;
    private final Stagnation stagnation = new Stagnation();

    /**
     * Takes over.
     *
     * @param passing tells when the replica has caught up; null if nothing changes, and then one look is enough
     */
    SecondLooks(
            SessionPair sessions,
            @Nullable ReplicaPassing passing,
            Deadline deadline,
            Cancellation cancellation,
            VerifyListener listener) {
        this.sessions = sessions;
        this.passing = passing;
        this.deadline = deadline;
        this.cancellation = cancellation;
        this.listener = listener;
    }

    void take(List<TableState> states) {
        List<TableState> open = open(states);
        while (!open.isEmpty() && !deadline.isOver()) {
            round(open);
            open.forEach(this::compareUnsettled);
            states.forEach(TableState::letGo);
            giveUp(open);
            open = open(states);
            pause(open);
        }
    }

    private static List<TableState> open(List<TableState> states) {
        return states.stream().filter(state -> !state.isSettled()).toList();
    }

    /** What never holds still could be looked at for ever. */
    private void giveUp(List<TableState> open) {
        if (passing != null && stagnation.isReached()) {
            open.stream()
                    .filter(state -> !state.isSettled())
                    .forEach(
                            state -> state.undecided(
                                    state.suspects().size()
                                            + " rows change too often to be seen on both servers at the same moment; compared at one position it can be told"));
        }
    }

    /** Of random length, so that it cannot keep step with a row that changes to and fro. */
    private void pause(List<TableState> open) {
        if (passing != null && !open.isEmpty()) {
            cancellation.sleep(Duration.ofMillis(
                    ThreadLocalRandom.current().nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS)));
        }
        cancellation.check();
    }

    private void round(List<TableState> open) {
        Map<TableState, Map<RowKey, Suspect>> suspects = new LinkedHashMap<>();
        open.forEach(state -> suspects.put(state, state.suspects()));
        listener.lookingAgain(suspects.values().stream().mapToLong(Map::size).sum());
        suspects.forEach((state, rows) -> guarded(state, () -> {
            rows.values().forEach(Suspect::beginRound);
            lookAtSource(state, rows);
        }));
        Optional<String> stuck = catchUp(suspects);
        suspects.forEach((state, rows) -> guarded(state, () -> {
            if (stuck.isPresent()) {
                state.undecided(stuck.get());
            } else {
                settle(state, rows);
            }
        }));
    }

    private Optional<String> catchUp(Map<TableState, Map<RowKey, Suspect>> suspects) {
        if (passing == null) {
            return Optional.empty();
        }
        Coordinates mark = passing.mark();
        lookAtTheHot(suspects);
        return passing.await(mark);
    }

    /** However far the replica is behind, it comes past what the source shows here. */
    private void lookAtTheHot(Map<TableState, Map<RowKey, Suspect>> suspects) {
        Map<TableState, Map<RowKey, Suspect>> hot = new LinkedHashMap<>();
        suspects.forEach((state, rows) -> {
            Map<RowKey, Suspect> some = new LinkedHashMap<>(rows);
            some.values().removeIf(row -> state.table().isRelative() || !row.isHot());
            if (!some.isEmpty()) {
                hot.put(state, some);
            }
        });
        for (int i = 0; i < LOOKS_A_ROUND && !hot.isEmpty(); i++) {
            takeABreak();
            hot.forEach((state, rows) -> guarded(state, () -> lookAtSource(state, rows)));
        }
    }

    private void takeABreak() {
        cancellation.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(LONGEST_BREAK_MILLIS)));
        cancellation.check();
    }

    private void settle(TableState state, Map<RowKey, Suspect> rows) {
        lookAtReplica(state, rows);
        if (passing == null) {
            clear(state, rows);
        } else if (state.table().isRelative()) {
            lookAtSource(state, rows);
            clear(state, rows);
            lookAtReplica(state, rows);
        } else {
            lookAgain(state, rows);
        }
        Differences differences = new Differences(state.table(), sessions);
        rows.forEach((key, suspect) -> {
            suspect.endRound();
            if (passing == null || suspect.isProven()) {
                stagnation.ended();
                state.proven(key, () -> differences.describe(key, suspect));
            }
        });
    }

    private void lookAgain(TableState state, Map<RowKey, Suspect> rows) {
        clear(state, rows);
        for (int i = 1; i < LOOKS_A_ROUND && !rows.isEmpty(); i++) {
            boolean areSteady = rows.values().stream().allMatch(Suspect::isSteady);
            if (areSteady && i >= LOOKS_AT_THE_STEADY) {
                return;
            }
            if (!areSteady) {
                takeABreak();
            }
            lookAtSource(state, rows);
            lookAtReplica(state, rows);
            clear(state, rows);
        }
    }

    private void lookAtSource(TableState state, Map<RowKey, Suspect> rows) {
        Map<RowKey, String> found = new RowLook(state.table().source()).at(sessions.source(), rows.keySet());
        rows.forEach((key, suspect) -> suspect.seenOnSource(found.get(key)));
    }

    private void lookAtReplica(TableState state, Map<RowKey, Suspect> rows) {
        Map<RowKey, String> found = new RowLook(state.table().replica()).at(sessions.replica(), rows.keySet());
        rows.forEach((key, suspect) -> suspect.seenOnReplica(found.get(key)));
    }

    private void clear(TableState state, Map<RowKey, Suspect> rows) {
        rows.entrySet().removeIf(row -> {
            boolean agrees = row.getValue().agrees();
            if (agrees) {
                stagnation.ended();
                state.cleared(row.getKey());
            }
            return agrees;
        });
    }

    /** Ranges with more differing rows than could be kept. */
    private void compareUnsettled(TableState state) {
        if (state.isSettled() || !state.suspects().isEmpty()) {
            return;
        }
        for (KeyRange range : state.takeUnsettled()) {
            guarded(state, () -> compareAgain(state, range));
        }
    }

    private void compareAgain(TableState state, KeyRange range) {
        if (state.table().hasKey()) {
            new RangeComparison(new Looks(state.table(), sessions, passing)).narrow(range, state);
        } else if (passing != null) {
            new HashComparison(new Looks(state.table(), sessions, passing)).narrow(state);
        } else {
            state.different("more rows differ than can be told");
        }
    }

    private void guarded(TableState state, Runnable work) {
        if (state.isGivenUp() || deadline.isOver()) {
            return;
        }
        try {
            work.run();
        } catch (StepRefusedException refused) {
            state.undecided(refused.problems().get(0).toString());
        } catch (StepException failure) {
            if (!deadline.isOver()) {
                throw failure;
            }
        }
    }
}
