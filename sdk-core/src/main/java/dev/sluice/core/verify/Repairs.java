// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.verify.RowDifference;
import dev.sluice.core.mysql.Quote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the statements that would make rows on the replica as they are on the source. They are data: nobody runs them here. Each but an
 * INSERT asks for the checksum that the row has on the replica now, so that it does nothing to a row that has changed by the time that it is
 * run; an INSERT fails if the row is there. One thread.
 */
final class Repairs {
    /** A longer row is better copied anew than written into a statement of twice its length. */
    private static final long LONGEST_ROW = 64L << 10;

    private static final long MOST_COPIES = 10;
    private static final String GUARD = "<it is as it was compared>";

    private final ComparedTable table;
    private final SessionPair sessions;

    /** Asked for once, when the first statement is written; see {@link #whyNone()}. */
    private @Nullable String whyNone;

    Repairs(ComparedTable table, SessionPair sessions) {
        this.table = table;
        this.sessions = sessions;
    }

    /**
     * For a row of a table that has a key.
     *
     * @param differing the columns that do, where both servers have the row
     */
    Repair of(RowKey key, RowDifference.Kind kind, List<Column> differing) {
        return guarded(() -> switch (kind) {
            case MISSING -> insert(keyed(table.source(), key), 1);
            case EXTRA -> delete(key);
            case CHANGED -> update(key, differing);
        });
    }

    /** For a row that is known by its checksum only. */
    Repair ofCount(RowKey hash, long onSource, long onReplica) {
        return guarded(() -> {
            long less = onReplica - onSource;
            if (less > 0) {
                String from = "DELETE FROM " + table.replica().table() + " WHERE ";
                String where = VerifyStatements.hasHash(
                        table.replica().rowText(), hash.values().get(0));
                String limit = " LIMIT " + less;
                return Repair.by(
                        from + where + limit,
                        from + "<its checksum is " + hash.values().get(0) + ">" + limit);
            }
            return less == 0 || -less > MOST_COPIES
                    ? Repair.none("the row is missing " + -less + " times")
                    : insert(
                            new Where(
                                    VerifyStatements.hasHash(
                                            table.source().rowText(),
                                            hash.values().get(0)),
                                    null),
                            -less);
        });
    }

    /** What cannot be read is told, and ends nothing: that the row differs is proven. */
    private Repair guarded(Supplier<Repair> repair) {
        try {
            String why = whyNone();
            return why.isEmpty() ? repair.get() : Repair.none(why);
        } catch (StepRefusedException refused) {
            return Repair.none("it cannot be read: " + refused.problems().get(0));
        }
    }

    private String whyNone() {
        String known = whyNone;
        if (known == null) {
            known = reason();
            whyNone = known;
        }
        return known;
    }

    private String reason() {
        if (!table.isAlike()) {
            return "the table is defined in different ways";
        }
        String triggers = sessions.replica()
                .row(VerifyStatements.triggers(
                        Quote.literal(table.name().database()),
                        Quote.literal(table.name().table())))
                .get(0);
        return "0".equals(triggers) ? "" : "triggers of the table on the replica would fire";
    }

    /** Where a row is found; its key is looked at once more, since a collation may take others for the same. */
    private record Where(String condition, @Nullable RowKey key) {}

    private static Where keyed(ComparedTable.Side side, RowKey key) {
        return new Where(side.key().isOneOf(List.of(key)), key);
    }

    private Repair insert(Where where, long times) {
        return values(where, writable(table.source()))
                .map(values -> {
                    String into = "INSERT INTO " + table.replica().table() + " (" + names(writable(table.replica()))
                            + ") VALUES ";
                    String row = values.literals().stream().collect(Collectors.joining(", ", "(", ")"));
                    String shown = "(<row " + shown(where) + ">)";
                    return Repair.by(into + copies(row, times), into + copies(shown, times));
                })
                .orElseGet(Repairs::tooLong);
    }

    private String shown(Where where) {
        RowKey key = where.key();
        return key == null ? "of this checksum" : "with " + table.source().key().shown(key);
    }

    private static String copies(String row, long times) {
        return String.join(", ", Collections.nCopies((int) times, row));
    }

    private Repair delete(RowKey key) {
        return onReplica(
                key,
                "DELETE FROM " + table.replica().table(),
                "DELETE FROM " + table.replica().table());
    }

    private Repair update(RowKey key, List<Column> differing) {
        List<Column> columns =
                differing.stream().filter(column -> !column.isGenerated()).toList();
        if (columns.isEmpty()) {
            return Repair.none("no column differs that could be written");
        }
        return values(keyed(table.source(), key), columns)
                .map(values -> {
                    String change = "UPDATE " + table.replica().table() + " SET ";
                    String rest = kept(columns);
                    return onReplica(
                            key,
                            change + pairs(columns, values.literals()) + rest,
                            change + pairs(columns, Collections.nCopies(columns.size(), "<value>")) + rest);
                })
                .orElseGet(Repairs::tooLong);
    }

    /** A time that is written, if only as it is, is not set to the present by the server. */
    private String kept(List<Column> written) {
        List<String> names = written.stream().map(Column::name).toList();
        return writable(table.replica()).stream()
                .filter(column -> column.kind() == ColumnKind.TEMPORAL && !names.contains(column.name()))
                .map(column -> ", " + column.quoted() + " = " + column.quoted())
                .collect(Collectors.joining());
    }

    private static String pairs(List<Column> columns, List<String> values) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i).quoted() + " = " + values.get(i))
                .collect(Collectors.joining(", "));
    }

    private Repair onReplica(RowKey key, String sql, String preview) {
        ComparedTable.Side side = table.replica();
        String where = side.key().isOneOf(List.of(key));
        String hash = new RowLook(side).checksumOf(sessions.replica(), key).orElse("");
        return Repair.by(
                sql + " WHERE " + where + " AND " + VerifyStatements.hasHash(side.rowText(), hash),
                preview + " WHERE <" + side.key().shown(key) + "> AND " + GUARD);
    }

    /** The row's values as literals for the replica, in the order of the columns that were asked for. */
    private record Values(List<String> literals) {}

    private static Repair tooLong() {
        return Repair.none(
                "what differs has more than 64 KiB, or is not there any more, or holds what no literal stands for");
    }

    private Optional<Values> values(Where where, List<Column> columns) {
        String lengths = columns.stream()
                .flatMap(column -> new RowLiteral(column).length().stream())
                .collect(Collectors.joining(" + ", "0 + ", ""))
                .replaceFirst(" \\+ $", "");
        boolean fits =
                read(where, List.of(lengths)).filter(row -> isShort(row.get(0))).isPresent();
        return fits
                ? read(
                                where,
                                columns.stream()
                                        .map(column -> new RowLiteral(column).selected())
                                        .toList())
                        .flatMap(row -> literals(row, columns))
                : Optional.empty();
    }

    private static boolean isShort(@Nullable String bytes) {
        return bytes != null && Long.parseLong(bytes) <= LONGEST_ROW;
    }

    /** What the source has, without the key that stands before it. */
    private Optional<List<@Nullable String>> read(Where where, List<String> selected) {
        RowKey key = where.key();
        List<String> all = new ArrayList<>();
        if (key != null) {
            all.add(table.source().key().selected());
        }
        all.addAll(selected);
        int keyColumns = key == null ? 0 : key.values().size();
        // A collation may take several keys for this one, but not many.
        return sessions
                .source()
                .rows(VerifyStatements.some(all, table.source().table(), where.condition(), key == null ? 1 : 100))
                .stream()
                .filter(row -> key == null || table.source().key().read(row).equals(key))
                .findFirst()
                .map(row -> row.subList(keyColumns, row.size()));
    }

    private Optional<Values> literals(List<@Nullable String> row, List<Column> sources) {
        List<Column> columns = sources.stream().map(this::ofReplica).toList();
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String value = row.get(i);
            Optional<String> literal =
                    value == null ? Optional.of("NULL") : new RowLiteral(columns.get(i)).literal(value);
            if (literal.isEmpty()) {
                return Optional.empty();
            }
            literals.add(literal.get());
        }
        return Optional.of(new Values(literals));
    }

    private Column ofReplica(Column column) {
        return table.replica().columns().stream()
                .filter(other -> other.name().equals(column.name()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Column> writable(ComparedTable.Side side) {
        return side.columns().stream().filter(column -> !column.isGenerated()).toList();
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::quoted).collect(Collectors.joining(", "));
    }
}
