// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server that answers queries by what they contain; everything else is empty. Remembers what it was asked. */
final class Answers implements ServerSession {
    private final Map<String, List<Row>> answers = new LinkedHashMap<>();
    private final Map<String, RuntimeException> failures = new LinkedHashMap<>();
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    /** Rows for queries with this piece of text, each of labels and values in turn. */
    Answers to(String piece, Row... rows) {
        answers.put(piece, List.of(rows));
        return this;
    }

    Answers fail(String piece, RuntimeException failure) {
        failures.put(piece, failure);
        return this;
    }

    @Override
    public List<Row> query(String sql) {
        asked.add(sql);
        failures.forEach((piece, failure) -> {
            if (sql.contains(piece)) {
                throw failure;
            }
        });
        return answers.entrySet().stream()
                .filter(answer -> sql.contains(answer.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(List.of());
    }

    static Row row(String... labelsAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < labelsAndValues.length; i += 2) {
            values.put(labelsAndValues[i], labelsAndValues[i + 1]);
        }
        return Row.of(values);
    }
}
