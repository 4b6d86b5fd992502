// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the ranges of a table that has a key: a checksum of each, and where that differs, one of each row. */
final class RangeComparison {
    /** A range with more rows is cut before its rows are read: one server may hold far more of them than the other. */
    private static final int MOST_CHUNKS_READ_AT_ONCE = 2;

    private final ComparedTable table;
    private final SessionPair sessions;

    RangeComparison(ComparedTable table, SessionPair sessions) {
        this.table = table;
        this.sessions = sessions;
    }

    /** The last key of the chunk that begins after a key; empty if it is the last chunk. */
    Optional<RowKey> endOfChunk(@Nullable RowKey after) {
        return boundary(table.source(), sessions.source(), new KeyRange(after, null), table.chunkRows() - 1L);
    }

    /** Compares a range and counts its rows. */
    long compare(KeyRange range, TableState state) {
        Digest source = digest(table.source(), sessions.source(), range);
        Digest replica = digest(table.replica(), sessions.replica(), range);
        long rows = state.counted(source, replica);
        if (!source.equals(replica)) {
            narrow(range, state);
        }
        return rows;
    }

    /** Compares a range that was counted before. */
    void narrow(KeyRange range, TableState state) {
        Deque<KeyRange> open = new ArrayDeque<>(List.of(range));
        while (!open.isEmpty() && !state.isDifferent()) {
            KeyRange next = open.pop();
            Digest source = digest(table.source(), sessions.source(), next);
            Digest replica = digest(table.replica(), sessions.replica(), next);
            if (source.equals(replica)) {
                continue;
            }
            Optional<RowKey> middle = middle(next, source, replica);
            if (middle.isPresent()) {
                open.push(new KeyRange(middle.get(), next.upTo()));
                open.push(new KeyRange(next.after(), middle.get()));
            } else {
                state.suspect(differing(next), next);
            }
        }
    }

    private Optional<RowKey> middle(KeyRange range, Digest source, Digest replica) {
        if (Math.max(source.rows(), replica.rows()) <= (long) MOST_CHUNKS_READ_AT_ONCE * table.chunkRows()) {
            return Optional.empty();
        }
        return source.rows() >= replica.rows()
                ? boundary(table.source(), sessions.source(), range, source.rows() / 2)
                : boundary(table.replica(), sessions.replica(), range, replica.rows() / 2);
    }

    private Set<RowKey> differing(KeyRange range) {
        return differing(
                new RowLook(table.source()).in(sessions.source(), range),
                new RowLook(table.replica()).in(sessions.replica(), range));
    }

    /** The keys whose rows are not the same, or that only one of the servers has. */
    static Set<RowKey> differing(Map<RowKey, String> source, Map<RowKey, String> replica) {
        Set<RowKey> differing = new LinkedHashSet<>();
        source.forEach((key, row) -> {
            if (!row.equals(replica.get(key))) {
                differing.add(key);
            }
        });
        replica.keySet().stream().filter(key -> !source.containsKey(key)).forEach(differing::add);
        return differing;
    }

    private static Digest digest(ComparedTable.Side side, ReadSession session, KeyRange range) {
        TableKey key = side.key();
        return Digest.of(
                session.row(VerifyStatements.digest(key.hinted(side.table()), side.rowText(), range.where(key))));
    }

    private static Optional<RowKey> boundary(
            ComparedTable.Side side, ReadSession session, KeyRange range, long places) {
        TableKey key = side.key();
        return session.rows(VerifyStatements.boundary(key, side.table(), range.where(key), places)).stream()
                .findFirst()
                .map(key::read);
    }
}
