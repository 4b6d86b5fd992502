// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks at single rows of a table. Thread-safe: no state of its own. */
final class RowLook {
    private static final int KEYS_AT_ONCE = 200;
    private static final int DOCUMENTS_AT_ONCE = 20;
    private static final int HASHES_AT_ONCE = 1_000;

    /** In characters of keys: a statement has to fit into a small max_allowed_packet. */
    private static final int LONGEST_STATEMENT = 20_000;

    private final ComparedTable.Side side;

    RowLook(ComparedTable.Side side) {
        this.side = side;
    }

    /**
     * What each of the rows is now: its checksum, or how often it is there where the table has no key. Rows that are not there are
     * not in the result.
     */
    Map<RowKey, String> at(ReadSession session, Collection<RowKey> keys) {
        boolean keyed = side.keyOrNull() != null;
        int size = !keyed ? HASHES_AT_ONCE : side.json().isEmpty() ? KEYS_AT_ONCE : DOCUMENTS_AT_ONCE;
        Map<RowKey, String> found = new LinkedHashMap<>();
        for (List<RowKey> some : parts(keys, size)) {
            found.putAll(keyed ? meanings(session, side.table(), side.key().isOneOf(some)) : byHash(session, some));
        }
        return found;
    }

    /** The checksum that one row has now, JSON as this server spells it; empty if it is not there. */
    Optional<String> checksumOf(ReadSession session, RowKey key) {
        String where = side.key().isOneOf(List.of(key));
        return session.rows(VerifyStatements.rows(side.key(), side.table(), side.rowText(), where)).stream()
                .filter(row -> side.key().read(row).equals(key))
                .findFirst()
                .map(row -> checksum(session, row.get(side.key().columns().size())));
    }

    /** What each row of a range is now, in the same words as {@link #at}. */
    Map<RowKey, String> in(ReadSession session, KeyRange range) {
        TableKey key = side.key();
        return meanings(session, key.hinted(side.table()), range.where(key));
    }

    /** Key and checksum of rows, in which JSON counts by what it means. */
    private Map<RowKey, String> meanings(ReadSession session, String table, String where) {
        List<Column> json = side.json();
        int keyColumns = side.key().columns().size();
        String sql = VerifyStatements.meanings(side, table, where);
        return rows(session, sql, row -> {
            StringBuilder meaning = new StringBuilder(checksum(session, row.get(keyColumns)));
            for (int i = 1; i <= json.size(); i++) {
                String document = row.get(keyColumns + i);
                meaning.append(' ').append(document == null ? "NULL" : JsonMeaning.checksum(document));
            }
            return meaning.toString();
        });
    }

    private Map<RowKey, String> rows(
            ReadSession session, String sql, Function<List<@Nullable String>, String> content) {
        Map<RowKey, String> rows = new LinkedHashMap<>();
        for (List<@Nullable String> row : session.rows(sql)) {
            rows.put(side.key().read(row), content.apply(row));
        }
        return rows;
    }

    private static String checksum(ReadSession session, @Nullable String checksum) {
        if (checksum == null) {
            throw session.valueLost("a row has no checksum");
        }
        return checksum;
    }

    private Map<RowKey, String> byHash(ReadSession session, List<RowKey> hashes) {
        List<String> digits = hashes.stream().map(key -> key.values().get(0)).toList();
        return counts(session.rows(VerifyStatements.countOf(side.table(), side.rowText(), digits)));
    }

    /** Checksums and how often each one is there, as queries return them. */
    static Map<RowKey, String> counts(List<List<@Nullable String>> rows) {
        Map<RowKey, String> counts = new LinkedHashMap<>();
        for (List<@Nullable String> row : rows) {
            counts.put(new RowKey(List.of(String.valueOf(row.get(0)))), String.valueOf(row.get(1)));
        }
        return counts;
    }

    private static List<List<RowKey>> parts(Collection<RowKey> keys, int size) {
        List<List<RowKey>> parts = new ArrayList<>();
        List<RowKey> part = new ArrayList<>();
        long length = 0;
        for (RowKey key : keys) {
            part.add(key);
            length += key.length();
            if (part.size() == size || length > LONGEST_STATEMENT) {
                parts.add(List.copyOf(part));
                part.clear();
                length = 0;
            }
        }
        if (!part.isEmpty()) {
            parts.add(List.copyOf(part));
        }
        return parts;
    }
}
