// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerifyListener;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares all tables once, many parts at a time, and leaves behind what is to be looked at again. Thread-safe. */
final class FirstLook {
    private final Crew crew;
    private final Pace pace;
    private final Deadline deadline;
    private final VerifyListener listener;
    private final Function<SessionPair, @Nullable ReplicaPassing> passing;
    private final BiFunction<TableState, SessionPair, Optional<TableComparison>> equal;

    /**
     * Takes over.
     *
     * @param passing tells when the replica has caught up; gives null if nothing changes
     * @param equal whether a table is known to be equal by now and was not told yet; asked after each part
     */
    FirstLook(
            Crew crew,
            Pace pace,
            Deadline deadline,
            VerifyListener listener,
            Function<SessionPair, @Nullable ReplicaPassing> passing,
            BiFunction<TableState, SessionPair, Optional<TableComparison>> equal) {
        this.crew = crew;
        this.pace = pace;
        this.deadline = deadline;
        this.listener = listener;
        this.passing = passing;
        this.equal = equal;
    }

    /** Compares these tables in this order. */
    void take(List<TableState> states, int threads) {
        states.forEach(state -> {
            state.opened();
            crew.later(sessions -> guarded(state, sessions, () -> begin(state, sessions)));
        });
        crew.work(threads);
    }

    private void begin(TableState state, SessionPair sessions) {
        ComparedTable table = state.table();
        if (!table.hasColumns()) {
            state.undecided("source and replica have no column in common");
        } else if (table.hasKey()) {
            cut(state, new RangeComparison(looks(state, sessions)));
        } else {
            listener.progress(table.name(), new HashComparison(looks(state, sessions)).compare(state));
        }
    }

    private Looks looks(TableState state, SessionPair sessions) {
        ComparedTable table = state.table();
        return new Looks(table, sessions, table.isRelative() ? passing.apply(sessions) : null);
    }

    /** Chunks end where the source's rows say; the last one is open, and compared here. */
    private void cut(TableState state, RangeComparison comparison) {
        @Nullable RowKey after = null;
        ChunkEnds ends = comparison.chunkEnds();
        Optional<RowKey> end = ends.next();
        while (end.isPresent() && goesOn(state)) {
            KeyRange range = new KeyRange(after, end.get());
            state.opened();
            crew.next(sessions ->
                    guarded(state, sessions, () -> compare(state, new RangeComparison(looks(state, sessions)), range)));
            after = end.get();
            end = ends.next();
        }
        compare(state, comparison, new KeyRange(after, null));
    }

    private void compare(TableState state, RangeComparison comparison, KeyRange range) {
        listener.progress(state.table().name(), comparison.compare(range, state));
    }

    private boolean goesOn(TableState state) {
        return !crew.isStopping() && !deadline.isOver() && !state.isGivenUp();
    }

    /** What cannot be compared is undecided; only a server that is gone ends the whole. */
    private void guarded(TableState state, SessionPair sessions, Runnable work) {
        if (!goesOn(state)) {
            return;
        }
        try {
            pace.await();
            // Whoever has paused it until the deadline has not let it go on.
            if (!goesOn(state)) {
                return;
            }
            work.run();
            state.closed();
            equal.apply(state, sessions).ifPresent(listener::tableDone);
        } catch (StepRefusedException refused) {
            state.undecided(refused.problems().get(0).toString());
        } catch (StepException failure) {
            if (!Deadline.hasEnded(failure)) {
                throw failure;
            }
        }
    }
}
