// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds where to cut the range of an integer key so that the parts hold about the same number of rows, without counting any: the
 * server's own estimates for ranges tell where rows are. One thread at a time.
 */
final class KeyBounds {
    private static final BigInteger TWO = BigInteger.TWO;

    /** Estimates to ask for, for each part that is wanted; what is left then stays as it is. */
    private static final int ESTIMATES_A_PART = 8;

    private final MySqlSession session;
    private final String from;
    private final String key;
    private int estimatesLeft;

    KeyBounds(MySqlSession session, TableName table, String column) {
        this.session = session;
        this.from = " FROM " + Quote.identifier(table);
        this.key = Quote.identifier(column);
    }

    /** A range with the rows that the server believes to be in it; the end is not part of it. */
    private record Range(BigInteger start, BigInteger end, long rows) {
        boolean canBeCut() {
            return end.subtract(start).compareTo(BigInteger.ONE) > 0;
        }

        BigInteger middle() {
            return start.add(end).divide(TWO);
        }
    }

    /** The bounds between the parts, rising; fewer than asked for where rows are few. Each is a literal. */
    List<String> into(int parts, long estimatedRows) {
        Row ends = session.queryOne("SELECT MIN(" + key + ") AS low, MAX(" + key + ") AS high" + from)
                .orElseThrow();
        if (ends.find("low").isEmpty() || parts < 2) {
            return List.of();
        }
        estimatesLeft = parts * ESTIMATES_A_PART;
        long rowsAPart = Math.max(1, estimatedRows / parts);
        Range all = new Range(
                new BigInteger(ends.text("low")), new BigInteger(ends.text("high")).add(BigInteger.ONE), estimatedRows);
        return starts(joined(cut(all, rowsAPart), rowsAPart));
    }

    /** Halves again and again, from the left to the right, until no part holds too many. */
    private List<Range> cut(Range all, long rowsAPart) {
        List<Range> parts = new ArrayList<>();
        Deque<Range> open = new ArrayDeque<>(List.of(all));
        while (!open.isEmpty()) {
            Range range = open.pop();
            if (range.rows() <= rowsAPart || !range.canBeCut() || estimatesLeft < 2) {
                parts.add(range);
            } else {
                open.push(estimated(range.middle(), range.end()));
                open.push(estimated(range.start(), range.middle()));
            }
        }
        return parts;
    }

    /** Without FORCE INDEX, under which newer servers do not look how many rows there are. */
    private Range estimated(BigInteger start, BigInteger end) {
        estimatesLeft--;
        long rows = session.queryOne("EXPLAIN FORMAT=TRADITIONAL SELECT 1" + from + " WHERE " + key + " >= " + start
                        + " AND " + key + " < " + end)
                .flatMap(row -> row.find("rows"))
                .map(Long::parseLong)
                .orElse(0L);
        return new Range(start, end, rows);
    }

    /** Neighbours with few rows become one part. */
    private static List<Range> joined(List<Range> ranges, long rowsAPart) {
        List<Range> parts = new ArrayList<>();
        for (Range range : ranges) {
            Range last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
            if (last != null && last.rows() + range.rows() <= rowsAPart) {
                parts.set(parts.size() - 1, new Range(last.start(), range.end(), last.rows() + range.rows()));
            } else {
                parts.add(range);
            }
        }
        return parts;
    }

    private static List<String> starts(List<Range> parts) {
        return parts.stream().skip(1).map(part -> part.start().toString()).toList();
    }
}
