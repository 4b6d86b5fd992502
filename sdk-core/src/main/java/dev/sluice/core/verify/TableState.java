// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.verify.RowDifference;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.TableComparison.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is known so far of one table. Thread-safe. */
final class TableState {
    /** More suspects than this are not kept at once: memory is bounded however much differs. */
    private static final int MOST_SUSPECTS = 5_000;

    /** As many differences are told. */
    static final int MOST_TOLD = 10;

    /** As many rows are in the report, with what would repair them. */
    static final int MOST_ROWS = 100;

    private final ComparedTable table;
    private final SuspectRoom room;
    private final Map<RowKey, Suspect> suspects = new LinkedHashMap<>();
    private final Set<KeyRange> unsettled = new LinkedHashSet<>();
    private final List<String> differences = new ArrayList<>();
    private final List<RowDifference> rows = new ArrayList<>();
    private long differing;
    private long sourceRows;
    private long replicaRows;
    private int chunks;
    private int looks;
    private int open;
    private boolean told;
    private @Nullable String undecided;

    /**
     * Nothing is known yet.
     *
     * @param room for the suspects of all tables of the comparison
     */
    TableState(ComparedTable table, SuspectRoom room) {
        this.table = table;
        this.room = room;
    }

    ComparedTable table() {
        return table;
    }

    /** A part of the table is to be compared. */
    synchronized void opened() {
        open++;
    }

    /** It has been compared. */
    synchronized void closed() {
        open--;
    }

    /** Counts the rows of a part, once. */
    synchronized long counted(Digest source, Digest replica) {
        chunks++;
        sourceRows += source.rows();
        replicaRows += replica.rows();
        return sourceRows;
    }

    /** Rows that differ for now; the range they are in is looked at again later if they are too many to be kept. */
    synchronized void suspect(Collection<RowKey> keys, KeyRange range) {
        looks++;
        List<RowKey> more =
                keys.stream().filter(key -> !suspects.containsKey(key)).toList();
        if (suspects.size() + more.size() > MOST_SUSPECTS && !suspects.isEmpty()) {
            unsettled.add(range);
            return;
        }
        int kept = room.take(Math.min(more.size(), MOST_SUSPECTS));
        more.subList(0, kept).forEach(key -> suspects.put(key, new Suspect(table.isRelative())));
        if (kept < more.size()) {
            unsettled.add(range);
        }
    }

    /** A range that is to be compared once more. */
    synchronized void unsettled(KeyRange range) {
        unsettled.add(range);
    }

    /** Those ranges; they are forgotten here. */
    synchronized List<KeyRange> takeUnsettled() {
        List<KeyRange> taken = List.copyOf(unsettled);
        unsettled.clear();
        return taken;
    }

    synchronized Map<RowKey, Suspect> suspects() {
        return new LinkedHashMap<>(suspects);
    }

    synchronized boolean isSettled() {
        return isDifferent() || undecided != null || (suspects.isEmpty() && unsettled.isEmpty());
    }

    synchronized void cleared(RowKey key) {
        forget(key);
    }

    /** What is settled keeps no suspects. */
    synchronized void letGo() {
        if (isDifferent() || undecided != null) {
            room.giveBack(suspects.size());
            suspects.clear();
            unsettled.clear();
        }
    }

    private void forget(RowKey key) {
        if (suspects.remove(key) != null) {
            room.giveBack(1);
        }
    }

    /** Something is proven to differ. */
    synchronized void different(String difference) {
        differences.add(difference);
        differing++;
    }

    /** A row is proven to differ; it is described only if it is told. */
    synchronized void proven(RowKey key, Supplier<RowDifference> difference) {
        forget(key);
        if (rows.size() < MOST_ROWS) {
            RowDifference row = difference.get();
            rows.add(row);
            if (differences.size() < MOST_TOLD) {
                differences.add(row.what());
            }
        }
        differing++;
    }

    /** Whether a difference is proven, so that the result is known. */
    synchronized boolean isDifferent() {
        return differing > 0;
    }

    /** Whether there is no use in going on with it. */
    synchronized boolean isGivenUp() {
        return undecided != null;
    }

    /** The comparison of this table cannot be ended; the first reason counts. */
    synchronized void undecided(String reason) {
        if (undecided == null) {
            undecided = reason;
        }
    }

    /** What was read of it is worth nothing, whatever it was. */
    synchronized void worthless(String reason) {
        room.giveBack(suspects.size());
        suspects.clear();
        unsettled.clear();
        differences.clear();
        rows.clear();
        differing = 0;
        undecided = reason;
    }

    /** That the table is equal, once, if nothing of it is left to be looked at again. */
    synchronized Optional<TableComparison> equalAtOnce() {
        if (!isEqualSoFar()) {
            return Optional.empty();
        }
        told = true;
        return Optional.of(comparison(""));
    }

    /** Whether all of it was compared and nothing of it is left to be looked at again, which was not told yet. */
    synchronized boolean isEqualSoFar() {
        return !told && open == 0 && !isDifferent() && undecided == null && suspects.isEmpty() && unsettled.isEmpty();
    }

    /** Whether what became of it was told before. */
    synchronized boolean isTold() {
        return told;
    }

    synchronized TableComparison comparison(String reasonIfOpen) {
        List<String> sentences = new ArrayList<>(differences);
        if (differing > sentences.size()) {
            sentences.add("and " + (differing - sentences.size()) + " more");
        }
        Result result = Result.EQUAL;
        if (isDifferent()) {
            result = Result.DIFFERENT;
        } else if (undecided != null || open > 0 || !suspects.isEmpty() || !unsettled.isEmpty()) {
            result = Result.UNDECIDED;
            sentences.add(
                    undecided != null
                            ? undecided
                            : reasonIfOpen + "; " + suspects.size() + " rows left to look at again");
        }
        return new TableComparison(table.name(), result, sourceRows, replicaRows, chunks, looks, sentences, rows);
    }
}
