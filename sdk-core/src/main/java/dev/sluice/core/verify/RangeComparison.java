// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.core.verify.Looks.Sight;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Compares the ranges of a table that has a key: a checksum of each, and where that differs, one of each row. */
final class RangeComparison {
    /** A range with more rows is cut before its rows are read: one server may hold far more of them than the other. */
    private static final int MOST_CHUNKS_READ_AT_ONCE = 2;

    /** JSON is read as it is, since its text depends on the version. */
    private static final int MOST_DOCUMENTS_READ_AT_ONCE = 1_000;

    private final Looks looks;
    private final ComparedTable table;
    private final SessionPair sessions;

    RangeComparison(Looks looks) {
        this.looks = looks;
        this.table = looks.table();
        this.sessions = looks.sessions();
    }

    /** Where its chunks end, as the source's rows are. */
    ChunkEnds chunkEnds() {
        return ChunkEnds.of(table, keysOfSource());
    }

    private KeyLook keysOfSource() {
        return KeyLook.of(table.source(), sessions.source());
    }

    /** Compares a range and counts its rows. */
    long compare(KeyRange range, TableState state) {
        Optional<Sight<Digest>> seen = digest(range, state);
        long rows = seen.map(digest -> state.counted(digest.source(), digest.replica()))
                .orElse(0L);
        if (seen.isPresent() && !seen.get().agrees()) {
            narrow(range, state);
        }
        return rows;
    }

    /** Compares a range that was counted before. */
    void narrow(KeyRange range, TableState state) {
        Deque<KeyRange> open = new ArrayDeque<>(List.of(range));
        while (!open.isEmpty() && !state.isDifferent()) {
            KeyRange next = open.pop();
            Optional<Sight<Digest>> seen = digest(next, state);
            if (seen.isEmpty()) {
                return;
            }
            if (seen.get().agrees()) {
                continue;
            }
            Optional<RowKey> middle =
                    middle(next, seen.get().source(), seen.get().replica());
            if (middle.isPresent()) {
                open.push(new KeyRange(middle.get(), next.upTo()));
                open.push(new KeyRange(next.after(), middle.get()));
            } else {
                looks.take(state, (side, session) -> new RowLook(side).in(session, next))
                        .ifPresent(rows -> state.suspect(Sight.differing(rows), next));
            }
        }
    }

    private Optional<RowKey> middle(KeyRange range, Digest source, Digest replica) {
        if (Math.max(source.rows(), replica.rows()) <= mostRowsRead()) {
            return Optional.empty();
        }
        return source.rows() >= replica.rows()
                ? keysOfSource().at(range, source.rows() / 2)
                : KeyLook.of(table.replica(), sessions.replica()).at(range, replica.rows() / 2);
    }

    private long mostRowsRead() {
        long rows = (long) MOST_CHUNKS_READ_AT_ONCE * table.chunkRows();
        return table.source().json().isEmpty() ? rows : Math.min(rows, MOST_DOCUMENTS_READ_AT_ONCE);
    }

    private Optional<Sight<Digest>> digest(KeyRange range, TableState state) {
        return looks.take(state, (side, session) -> {
            TableKey key = side.key();
            return Digest.read(
                    session,
                    table.sum(),
                    VerifyStatements.digest(table.sum(), key.hinted(side.table()), side.rowText(), range.where(key)));
        });
    }
}
