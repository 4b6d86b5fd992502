// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import dev.sluice.api.run.LagRange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Marks that were seen on a source in order, each of which holds all that the earlier ones do: positions of its binary log, or beats. Which of
 * them are on the replica bounds how far it is behind, by this host's clock alone. One thread at a time.
 */
public final class LagMarks<T> {
    private static final int MOST = 2_000;

    private final Deque<Mark<T>> marks = new ArrayDeque<>();

    /**
     * @param complete all that was committed by this time is in the mark
     * @param there the mark was there by this time
     */
    private record Mark<T>(T value, Duration complete, Duration there) {
        Mark<T> stillThere(Duration then) {
            return new Mark<>(value, then, there);
        }
    }

    /** Adds what was seen. The same as the last one says that the source has not moved. */
    public void add(T value, Asked asked) {
        Mark<T> last = marks.peekLast();
        if (last != null && last.value().equals(value)) {
            marks.removeLast();
            marks.addLast(last.stillThere(asked.from()));
            return;
        }
        marks.addLast(new Mark<>(value, asked.from(), asked.to()));
        if (marks.size() > MOST) {
            thin();
        }
    }

    /** Every second one goes, which makes bounds wider and never wrong. The first and the last stay. */
    private void thin() {
        List<Mark<T>> kept = new ArrayList<>();
        Iterator<Mark<T>> all = marks.iterator();
        for (int i = 0; all.hasNext(); i++) {
            Mark<T> mark = all.next();
            if (i % 2 == 0 || !all.hasNext()) {
                kept.add(mark);
            }
        }
        marks.clear();
        marks.addAll(kept);
    }

    /** Forgets all, as when another source answers. */
    public void clear() {
        marks.clear();
    }

    /** Whether nothing was seen yet. */
    public boolean isEmpty() {
        return marks.isEmpty();
    }

    /**
     * How far the replica is behind; empty if nothing was seen on the source yet.
     *
     * @param arrived whether a mark is on the replica; whatever arrives, the earlier ones have
     * @param asked when the replica was asked for that
     */
    public Optional<LagRange> range(Predicate<T> arrived, Asked asked) {
        if (marks.isEmpty()) {
            return Optional.empty();
        }
        Mark<T> first = marks.getFirst();
        if (!arrived.test(first.value())) {
            return Optional.of(new LagRange(since(first.there(), asked.from()), null));
        }
        Optional<Mark<T>> missing = dropArrived(arrived);
        return Optional.of(new LagRange(
                missing.map(mark -> since(mark.there(), asked.from())).orElse(Duration.ZERO),
                since(marks.getFirst().complete(), asked.to())));
    }

    /** Keeps the newest that has arrived, and returns the oldest that has not. */
    private Optional<Mark<T>> dropArrived(Predicate<T> arrived) {
        Mark<T> newest = marks.removeFirst();
        while (!marks.isEmpty() && arrived.test(marks.getFirst().value())) {
            newest = marks.removeFirst();
        }
        Optional<Mark<T>> missing = Optional.ofNullable(marks.peekFirst());
        marks.addFirst(newest);
        return missing;
    }

    private static Duration since(Duration then, Duration now) {
        Duration age = now.minus(then);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
