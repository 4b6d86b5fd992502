// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.error.Problem;
import java.util.List;

/**
 * One reason why a replication does not work. Immutable and thread-safe.
 *
 * @param row the row of the catalogue of failures in {@code docs/diagnosis.md}, such as {@code duplicate-row}
 * @param problem the cause, with its code
 * @param evidence what was seen: errors, settings, events, shortened; may hold values of keys, and never a secret
 * @param remedies what helps, the one that loses least first; never empty
 */
public record DiagnosisFinding(String row, Problem problem, List<String> evidence, List<Remedy> remedies) {
    public DiagnosisFinding {
        requireNonNull(row, "row");
        requireNonNull(problem, "problem");
        evidence = List.copyOf(evidence);
        remedies = List.copyOf(remedies);
        if (remedies.isEmpty()) {
            throw new IllegalArgumentException("A finding says what helps, at least that only a new copy does: " + row);
        }
    }

    /** For people: the cause, the evidence, and what helps. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(row + ": " + problem);
        evidence.forEach(line -> text.append("\n  seen: ").append(line));
        remedies.forEach(remedy ->
                text.append("\n  remedy ").append(remedy.id()).append(": ").append(remedy.title()));
        return text.toString();
    }
}
