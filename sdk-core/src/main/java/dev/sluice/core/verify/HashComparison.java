// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a table without a usable key as a whole: a row is known by its checksum and by how often it is there. Each look reads
 * the whole table.
 */
final class HashComparison {
    /** So many checksums are held at once. */
    private static final int MOST_HASHES = 50_000;

    /** So many rows share the beginning of their checksums, so that a part that differs can be read at once. */
    private static final int ROWS_A_BUCKET = 2_000;

    private final ComparedTable table;
    private final SessionPair sessions;

    HashComparison(ComparedTable table, SessionPair sessions) {
        this.table = table;
        this.sessions = sessions;
    }

    /** Compares the table and counts its rows. */
    long compare(TableState state) {
        Digest source = digest(table.source(), sessions.source());
        Digest replica = digest(table.replica(), sessions.replica());
        long rows = state.counted(source, replica);
        if (!source.equals(replica)) {
            narrow(state, digits(Math.max(source.rows(), replica.rows())));
        }
        return rows;
    }

    /** Compares a table that was counted before. */
    void narrow(TableState state) {
        narrow(state, digits(digest(table.source(), sessions.source()).rows()));
    }

    private static int digits(long rows) {
        int digits = 1;
        while (digits < 4 && rows >> (4 * digits) > ROWS_A_BUCKET) {
            digits++;
        }
        return digits;
    }

    /** Finds the parts that differ, and in them the rows. */
    private void narrow(TableState state, int digits) {
        Map<String, Digest> source = buckets(table.source(), sessions.source(), digits);
        Map<String, Digest> replica = buckets(table.replica(), sessions.replica(), digits);
        Set<String> all = new HashSet<>(source.keySet());
        all.addAll(replica.keySet());
        List<String> differing = all.stream()
                .filter(bucket -> !Objects.equals(source.get(bucket), replica.get(bucket)))
                .sorted()
                .toList();
        List<String> some = new ArrayList<>();
        long rows = 0;
        for (String bucket : differing) {
            some.add(bucket);
            rows += Math.max(rowsOf(source.get(bucket)), rowsOf(replica.get(bucket)));
            if (rows > MOST_HASHES / 2 || bucket.equals(differing.get(differing.size() - 1))) {
                suspect(some, digits, state);
                some.clear();
                rows = 0;
            }
        }
    }

    private static long rowsOf(@Nullable Digest digest) {
        return digest == null ? 0 : digest.rows();
    }

    private void suspect(List<String> buckets, int digits, TableState state) {
        Map<RowKey, String> source = hashes(table.source(), sessions.source(), buckets, digits);
        Map<RowKey, String> replica = hashes(table.replica(), sessions.replica(), buckets, digits);
        if (source.size() > MOST_HASHES || replica.size() > MOST_HASHES) {
            state.unsettled(KeyRange.WHOLE);
        } else {
            state.suspect(RangeComparison.differing(source, replica), KeyRange.WHOLE);
        }
    }

    private static Digest digest(ComparedTable.Side side, ReadSession session) {
        return Digest.of(session.row(VerifyStatements.digest(side.table(), side.rowText(), "TRUE")));
    }

    private static Map<String, Digest> buckets(ComparedTable.Side side, ReadSession session, int digits) {
        Map<String, Digest> buckets = new HashMap<>();
        for (List<@Nullable String> row :
                session.rows(VerifyStatements.buckets(side.table(), side.rowText(), digits))) {
            buckets.put(String.valueOf(row.get(2)), Digest.of(row));
        }
        return buckets;
    }

    private static Map<RowKey, String> hashes(
            ComparedTable.Side side, ReadSession session, List<String> buckets, int digits) {
        return RowLook.counts(session.rows(
                VerifyStatements.hashesIn(side.table(), side.rowText(), buckets, digits, MOST_HASHES + 1)));
    }
}
