// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers queries from a script; a query that nobody scripted fails the test. */
final class ScriptedSession implements ServerSession {
    private final Map<String, String> variables = new TreeMap<>();
    private final Map<String, List<Row>> answers = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();

    /** A global variable that {@code SHOW GLOBAL VARIABLES} shows. */
    ScriptedSession variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** The rows for every query that begins like this. */
    ScriptedSession answer(String beginning, Row... rows) {
        answers.put(beginning, List.of(rows));
        return this;
    }

    /** A row of label, value, label, value… */
    static Row row(String... labelsAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < labelsAndValues.length; i += 2) {
            values.put(labelsAndValues[i], labelsAndValues[i + 1]);
        }
        return Row.of(values);
    }

    @Override
    public List<Row> query(String sql) {
        asked.add(sql);
        if (sql.startsWith("SHOW GLOBAL VARIABLES")) {
            return variables.entrySet().stream()
                    .filter(entry -> sql.contains("'" + entry.getKey() + "'"))
                    .map(entry -> row("Variable_name", entry.getKey(), "Value", entry.getValue()))
                    .toList();
        }
        return answers.entrySet().stream()
                .filter(entry -> sql.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody scripted an answer to: " + sql));
    }

    List<String> asked() {
        return asked;
    }
}
