// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.coordinates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Transaction numbers from first to last, both included. Immutable and thread-safe.
 *
 * @param first at least 1
 * @param last at least {@code first}
 */
public record GtidInterval(long first, long last) {
    public GtidInterval {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("Not an interval of transaction numbers: " + first + "-" + last);
        }
    }

    /** How many transactions it holds. */
    public long length() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return first == last ? Long.toString(first) : first + "-" + last;
    }

    static GtidInterval parse(String text, String member) {
        int dash = text.indexOf('-');
        try {
            long first = Long.parseLong(dash < 0 ? text : text.substring(0, dash));
            return new GtidInterval(first, dash < 0 ? first : Long.parseLong(text.substring(dash + 1)));
        } catch (NumberFormatException notNumbers) {
            throw new IllegalArgumentException("Not a member of a GTID set: " + member, notNumbers);
        }
    }

    /** Sorted, with touching and overlapping intervals joined. */
    static List<GtidInterval> merged(List<GtidInterval> intervals) {
        List<GtidInterval> sorted = new ArrayList<>(intervals);
        sorted.sort(Comparator.comparingLong(GtidInterval::first));
        List<GtidInterval> merged = new ArrayList<>();
        for (GtidInterval next : sorted) {
            GtidInterval before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (before != null && next.first <= before.last + 1) {
                merged.set(merged.size() - 1, new GtidInterval(before.first, Math.max(before.last, next.last)));
            } else {
                merged.add(next);
            }
        }
        return List.copyOf(merged);
    }

    /** What the first list holds and the second does not; both are merged lists. */
    static List<GtidInterval> minus(List<GtidInterval> from, List<GtidInterval> holes) {
        List<GtidInterval> left = new ArrayList<>();
        for (GtidInterval interval : from) {
            long start = interval.first;
            for (GtidInterval hole : holes) {
                if (hole.last < start || hole.first > interval.last) {
                    continue;
                }
                if (hole.first > start) {
                    left.add(new GtidInterval(start, hole.first - 1));
                }
                start = hole.last + 1;
            }
            if (start <= interval.last) {
                left.add(new GtidInterval(start, interval.last));
            }
        }
        return List.copyOf(left);
    }
}
