// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells people what is wrong with a row: its key, shortened, and the columns that differ. Values are not shown. */
final class Differences {
    private final ComparedTable table;
    private final SessionPair sessions;

    Differences(ComparedTable table, SessionPair sessions) {
        this.table = table;
        this.sessions = sessions;
    }

    String describe(RowKey key, Suspect suspect) {
        if (!table.hasKey()) {
            return "the row with checksum " + key.values().get(0) + " is there " + suspect.shownOnSource()
                    + " times on the source and " + suspect.shownOnReplica() + " times on the replica";
        }
        String row = "the row with " + table.source().key().shown(key);
        return switch (suspect.difference()) {
            case MISSING -> row + " is missing on the replica";
            case EXTRA -> row + " is on the replica only";
            case OTHER -> row + " differs" + columns(key);
        };
    }

    private String columns(RowKey key) {
        List<String> differing = new ArrayList<>();
        @Nullable List<@Nullable String> source = read(table.source(), sessions.source(), key);
        @Nullable List<@Nullable String> replica = read(table.replica(), sessions.replica(), key);
        if (source == null || replica == null) {
            return "";
        }
        int keyColumns = key.values().size();
        for (int i = 0; i < table.source().columns().size(); i++) {
            if (!Objects.equals(source.get(keyColumns + i), replica.get(keyColumns + i))) {
                differing.add(RowKey.shortened(table.source().columns().get(i).name()));
            }
        }
        return differing.isEmpty() ? "" : " in " + String.join(", ", differing);
    }

    private static @Nullable List<@Nullable String> read(ComparedTable.Side side, ReadSession session, RowKey key) {
        String where = side.key().isOneOf(List.of(key));
        return session.rows(VerifyStatements.columns(side.key(), side.table(), side.columns(), where)).stream()
                .filter(row -> side.key().read(row).equals(key))
                .findFirst()
                .orElse(null);
    }
}
