// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers queries by how they begin; everything else is empty. Remembers what it was asked. */
final class ScriptedSession implements ServerSession {
    private final Map<String, List<Row>> answers = new LinkedHashMap<>();
    private final List<String> refused = new ArrayList<>();
    final List<String> asked = new ArrayList<>();

    ScriptedSession answer(String beginning, Row... rows) {
        answers.put(beginning, List.of(rows));
        return this;
    }

    ScriptedSession refuse(String beginning) {
        refused.add(beginning);
        return this;
    }

    @Override
    public List<Row> query(String sql) {
        asked.add(sql);
        if (refused.stream().anyMatch(sql::startsWith)) {
            throw new StepRefusedException(Problem.of(ServerErrorCode.PRIVILEGE_MISSING, "not for this user"));
        }
        return answers.entrySet().stream()
                .filter(answer -> sql.startsWith(answer.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(List.of());
    }

    /** A row of labels and values in turn. */
    static Row row(String... labelsAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < labelsAndValues.length; i += 2) {
            values.put(labelsAndValues[i], labelsAndValues[i + 1]);
        }
        return Row.of(values);
    }
}
