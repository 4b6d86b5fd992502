// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.core.verify.Looks.Sight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

    private final Looks looks;

    HashComparison(Looks looks) {
        this.looks = looks;
    }

    /** Compares the table and counts its rows. */
    long compare(TableState state) {
        Optional<Sight<Digest>> seen = looks.take(state, HashComparison::digest);
        long rows = seen.map(digest -> state.counted(digest.source(), digest.replica()))
                .orElse(0L);
        seen.filter(digest -> !digest.agrees())
                .ifPresent(digest -> narrow(
                        state,
                        digits(Math.max(digest.source().rows(), digest.replica().rows()))));
        return rows;
    }

    /** Compares a table that was counted before. */
    void narrow(TableState state) {
        narrow(
                state,
                digits(digest(looks.table().source(), looks.sessions().source()).rows()));
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
        looks.take(state, (side, session) -> buckets(side, session, digits))
                .ifPresent(seen -> parts(seen).forEach(part -> suspect(part, digits, state)));
    }

    /** The buckets that differ, as many together as can be read at once. */
    private static List<List<String>> parts(Sight<Map<String, Digest>> seen) {
        List<List<String>> parts = new ArrayList<>();
        List<String> some = new ArrayList<>();
        long rows = 0;
        for (String bucket : Sight.differing(seen).stream().sorted().toList()) {
            some.add(bucket);
            rows += Math.max(
                    rowsOf(seen.source().get(bucket)), rowsOf(seen.replica().get(bucket)));
            if (rows > MOST_HASHES / 2) {
                parts.add(List.copyOf(some));
                some.clear();
                rows = 0;
            }
        }
        if (!some.isEmpty()) {
            parts.add(some);
        }
        return parts;
    }

    private static long rowsOf(@Nullable Digest digest) {
        return digest == null ? 0 : digest.rows();
    }

    private void suspect(List<String> buckets, int digits, TableState state) {
        looks.take(state, (side, session) -> hashes(side, session, buckets, digits))
                .ifPresent(seen -> {
                    if (Stream.of(seen.source(), seen.replica(), seen.sourceAfter())
                            .anyMatch(hashes -> hashes.size() > MOST_HASHES)) {
                        state.unsettled(KeyRange.WHOLE);
                    } else {
                        state.suspect(Sight.differing(seen), KeyRange.WHOLE);
                    }
                });
    }

    private static Digest digest(ComparedTable.Side side, ReadSession session) {
        return Digest.read(
                session, RowSum.ADDED, VerifyStatements.digest(RowSum.ADDED, side.table(), side.rowText(), "TRUE"));
    }

    private static Map<String, Digest> buckets(ComparedTable.Side side, ReadSession session, int digits) {
        Map<String, Digest> buckets = new HashMap<>();
        for (List<@Nullable String> row :
                session.rows(VerifyStatements.buckets(side.table(), side.rowText(), digits))) {
            buckets.put(String.valueOf(row.get(2)), Digest.of(session, RowSum.ADDED, row));
        }
        return buckets;
    }

    private static Map<RowKey, String> hashes(
            ComparedTable.Side side, ReadSession session, List<String> buckets, int digits) {
        return RowLook.counts(session.rows(
                VerifyStatements.hashesIn(side.table(), side.rowText(), buckets, digits, MOST_HASHES + 1)));
    }
}
