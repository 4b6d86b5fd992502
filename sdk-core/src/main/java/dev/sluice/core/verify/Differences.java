// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.verify.RowDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells people what is wrong with a row: its key, shortened, and the columns that differ. Values are not shown. */
final class Differences {
    private final ComparedTable table;
    private final SessionPair sessions;
    private final Repairs repairs;

    Differences(ComparedTable table, SessionPair sessions) {
        this.table = table;
        this.sessions = sessions;
        this.repairs = new Repairs(table, sessions);
    }

    RowDifference describe(RowKey key, Suspect suspect) {
        return table.hasKey() ? keyed(key, suspect) : counted(key, suspect);
    }

    private RowDifference counted(RowKey key, Suspect suspect) {
        String row = "checksum " + key.values().get(0);
        Repair repair = repairs.ofCount(key, count(suspect.shownOnSource()), count(suspect.shownOnReplica()));
        return new RowDifference(
                row,
                suspect.difference(),
                "the row with " + row + " is there " + suspect.shownOnSource() + " times on the source and "
                        + suspect.shownOnReplica() + " times on the replica",
                List.of(),
                repair.statementOrNull(),
                repair.whyNone());
    }

    private static long count(String shown) {
        return Long.parseLong(shown);
    }

    private RowDifference keyed(RowKey key, Suspect suspect) {
        String row = table.source().key().shown(key);
        RowDifference.Kind kind = suspect.difference();
        List<Column> differing = kind == RowDifference.Kind.CHANGED ? columns(key) : List.of();
        List<String> columns = differing.stream()
                .map(column -> RowKey.shortened(column.name()))
                .toList();
        Repair repair = repairs.of(key, kind, differing);
        return new RowDifference(
                row, kind, sentence(row, kind, columns), columns, repair.statementOrNull(), repair.whyNone());
    }

    private static String sentence(String key, RowDifference.Kind kind, List<String> columns) {
        String row = "the row with " + key;
        return switch (kind) {
            case MISSING -> row + " is missing on the replica";
            case EXTRA -> row + " is on the replica only";
            case CHANGED -> row + " differs" + (columns.isEmpty() ? "" : " in " + String.join(", ", columns));
        };
    }

    private List<Column> columns(RowKey key) {
        @Nullable List<@Nullable String> source = read(table.source(), sessions.source(), key);
        @Nullable List<@Nullable String> replica = read(table.replica(), sessions.replica(), key);
        if (source == null || replica == null) {
            return List.of();
        }
        int keyColumns = key.values().size();
        return differing(
                table.source().columns(),
                source.subList(keyColumns, source.size()),
                replica.subList(keyColumns, replica.size()));
    }

    /** The columns with other values: of JSON with another meaning, since its text depends on the version. */
    static List<Column> differing(List<Column> columns, List<@Nullable String> source, List<@Nullable String> replica) {
        List<Column> differing = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (!Objects.equals(meaning(column, source.get(i)), meaning(column, replica.get(i)))) {
                differing.add(column);
            }
        }
        return differing;
    }

    private static @Nullable String meaning(Column column, @Nullable String value) {
        return column.isJson() && value != null ? JsonMeaning.checksum(value) : value;
    }

    private static @Nullable List<@Nullable String> read(ComparedTable.Side side, ReadSession session, RowKey key) {
        String where = side.key().isOneOf(List.of(key));
        return session.rows(VerifyStatements.columns(side.key(), side.table(), side.columns(), where)).stream()
                .filter(row -> side.key().read(row).equals(key))
                .findFirst()
                .orElse(null);
    }
}
