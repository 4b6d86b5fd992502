// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds conditions that divide the rows of a table, or of some of its partitions, into parts of about the same size. Each row meets exactly one of
 * them, whatever the server's estimates and the ends of the key are: the first part and the last are open, and between two parts stands one bound.
 * Keys of integers, decimals, dates, times, bytes and texts are divided; where many rows have the same first column, the next one divides these.
 * One thread at a time.
 */
public final class KeySplitter {
    /** Estimates to ask for, for each part that is wanted; what is left then stays as it is. */
    private static final int ESTIMATES_A_PART = 8;

    private final ServerSession session;
    private final TablePart rows;
    private final List<KeyProbe> key;

    /**
     * A splitter.
     *
     * @param session sees the table
     * @param rows those to divide
     */
    public KeySplitter(ServerSession session, TablePart rows) {
        this.session = session;
        this.rows = rows;
        TableDefinition table = rows.table();
        this.key = table.primaryKey().stream()
                .flatMap(name ->
                        table.columns().stream().filter(column -> column.name().equals(name)))
                .map(column -> new KeyProbe(session, rows, column))
                .toList();
    }

    /**
     * The conditions, in the order of the key.
     *
     * @param parts how many are wanted; there may be fewer or some more
     * @return empty if the rows cannot be divided
     */
    public List<String> conditions(int parts) {
        if (parts < 2 || key.isEmpty()) {
            return List.of();
        }
        long rowsAPart = Math.max(1, rows.rows() / parts);
        var estimates = new RowEstimates(session, rows.from(), rowsAPart, parts * ESTIMATES_A_PART);
        List<String> conditions = divided(new KeyPart("", "", "", 0, rows.rows()), estimates);
        return conditions.size() < 2 ? List.of() : conditions;
    }

    private List<String> divided(KeyPart part, RowEstimates estimates) {
        if (!estimates.areTooMany(part.rows()) || !estimates.canAsk()) {
            return List.of(part.where());
        }
        KeyProbe column = key.get(part.depth());
        Optional<KeyProbe.Ends> ends = column.ends(part.where());
        if (ends.isEmpty()) {
            return List.of(part.where());
        }
        return ends.get().areTheSame()
                ? dividedByNext(part, column, ends.get().least(), estimates)
                : column.axis(ends.get())
                        .map(axis -> dividedBy(axis, part, column, estimates))
                        .orElse(List.of(part.where()));
    }

    /** All rows have one value in this column. What would be beside it is asked for as well, since nobody should have to believe that. */
    private List<String> dividedByNext(KeyPart part, KeyProbe column, String shown, RowEstimates estimates) {
        if (part.depth() + 1 == key.size() || !column.isComparable(shown)) {
            return List.of(part.where());
        }
        String value = column.literal(shown);
        String same = KeyPart.and(part.same(), column.name() + " = " + value);
        List<String> within = divided(new KeyPart(same, "", "", part.depth() + 1, part.rows()), estimates);
        if (within.size() < 2) {
            return List.of(part.where());
        }
        List<String> all = new ArrayList<>();
        all.add(KeyPart.and(part.same(), part.from(), column.name() + " < " + value));
        all.addAll(within);
        all.add(KeyPart.and(part.same(), column.name() + " > " + value, part.to()));
        return all;
    }

    private List<String> dividedBy(KeyAxis axis, KeyPart part, KeyProbe column, RowEstimates estimates) {
        List<EstimatedRange> ranges = estimates.cut(column, axis, part);
        List<String> bounds = ranges.stream()
                .skip(1)
                .map(range -> axis.literal(range.start()))
                .toList();
        if (bounds.isEmpty() || !areInOrder(axis, bounds)) {
            return List.of(part.where());
        }
        List<String> all = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            // The numbers of a part may reach beyond it, so that its own ends stay in force.
            String from = KeyPart.and(part.from(), i == 0 ? "" : column.name() + " >= " + bounds.get(i - 1));
            String to = KeyPart.and(part.to(), i == bounds.size() ? "" : column.name() + " < " + bounds.get(i));
            all.addAll(divided(
                    new KeyPart(
                            part.same(), from, to, part.depth(), ranges.get(i).rows()),
                    estimates));
        }
        return all;
    }

    /** Bounds in another order than the key's would have parts overlap. */
    private boolean areInOrder(KeyAxis axis, List<String> bounds) {
        List<String> compared =
                bounds.stream().flatMap(bound -> axis.compared(bound).stream()).toList();
        List<String> pairs = new ArrayList<>();
        for (int i = 1; i < compared.size(); i++) {
            pairs.add(compared.get(i - 1) + " < " + compared.get(i));
        }
        return pairs.isEmpty()
                || session.queryValue("SELECT " + String.join(" AND ", pairs))
                        .filter("1"::equals)
                        .isPresent();
    }
}
