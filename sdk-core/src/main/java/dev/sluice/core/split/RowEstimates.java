// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import dev.sluice.api.spi.ServerSession;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Asks how many rows the server believes to be in ranges of a key, a bounded number of times. One thread at a time. */
final class RowEstimates {
    /** Halvings of one range; after these it is better to look anew where its values begin and end. */
    private static final int MOST_HALVINGS = 10;

    /** So many times fewer rows than there are said to be. */
    private static final int UNBELIEVABLE = 8;

    private final ServerSession session;
    private final String from;
    private final long wanted;
    private int left;

    /**
     * Estimates.
     *
     * @param from the table as it stands behind {@code FROM}
     * @param wanted rows a range should have
     * @param most how often the server is asked
     */
    RowEstimates(ServerSession session, String from, long wanted, int most) {
        this.session = session;
        this.from = from;
        this.wanted = wanted;
        this.left = most;
    }

    boolean canAsk() {
        return left >= 2;
    }

    /** Whether so many rows are worth dividing. */
    boolean areTooMany(long rows) {
        return rows >= 2 * wanted;
    }

    /** A range on its way, and how often it was halved. */
    private record Open(EstimatedRange range, int halvings) {}

    /**
     * Halves again and again, from the left to the right, until no range holds too many, and joins neighbours that hold few. Where the server knows
     * of next to none of these rows, the range is cut into ranges of the same width: a server's estimates are bounded by its statistics, which
     * may never have been calculated.
     */
    List<EstimatedRange> cut(KeyProbe column, KeyAxis axis, KeyPart part) {
        List<EstimatedRange> halved = halved(column, axis, part);
        long found = halved.stream().mapToLong(EstimatedRange::rows).sum();
        return found < part.rows() / UNBELIEVABLE ? alike(axis, part) : joined(halved);
    }

    private List<EstimatedRange> alike(KeyAxis axis, KeyPart part) {
        long number = part.rows() / wanted;
        BigInteger width = axis.high().subtract(axis.low()).divide(BigInteger.valueOf(number));
        List<EstimatedRange> ranges = new ArrayList<>();
        BigInteger start = axis.low();
        for (long i = 1; i < number && width.signum() > 0; i++) {
            ranges.add(new EstimatedRange(start, start.add(width), wanted));
            start = start.add(width);
        }
        ranges.add(new EstimatedRange(start, axis.high(), wanted));
        return ranges;
    }

    private List<EstimatedRange> halved(KeyProbe column, KeyAxis axis, KeyPart part) {
        List<EstimatedRange> ranges = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open(new EstimatedRange(axis.low(), axis.high(), part.rows()), 0));
        while (!open.isEmpty()) {
            Open next = open.pop();
            EstimatedRange range = next.range();
            if (range.rows() <= wanted || !range.canBeCut() || next.halvings() == MOST_HALVINGS || !canAsk()) {
                ranges.add(range);
            } else {
                open.push(new Open(of(column, axis, range.middle(), range.end(), part), next.halvings() + 1));
                open.push(new Open(of(column, axis, range.start(), range.middle(), part), next.halvings() + 1));
            }
        }
        return ranges;
    }

    /** Where the axis ends, so does the part, which may be open there. */
    private EstimatedRange of(KeyProbe column, KeyAxis axis, BigInteger start, BigInteger end, KeyPart part) {
        left--;
        String where = KeyPart.and(
                part.where(),
                start.equals(axis.low()) ? "" : column.name() + " >= " + axis.literal(start),
                end.equals(axis.high()) ? "" : column.name() + " < " + axis.literal(end));
        long rows = RangeEstimate.rows(session, from, where);
        return new EstimatedRange(start, end, rows);
    }

    private List<EstimatedRange> joined(List<EstimatedRange> ranges) {
        List<EstimatedRange> joined = new ArrayList<>();
        for (EstimatedRange range : ranges) {
            EstimatedRange last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.rows() + range.rows() <= wanted) {
                joined.set(joined.size() - 1, last.with(range));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }
}
