// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** A rule that says who it is when it is made. Immutable and thread-safe. */
abstract class NamedRule implements FactsRule {
    private final String id;
    private final ErrorCode code;
    private final Level level;

    NamedRule(String id, ErrorCode code, Level level) {
        this.id = id;
        this.code = code;
        this.level = level;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final ErrorCode code() {
        return code;
    }

    @Override
    public final Level level() {
        return level;
    }

    /** Several things that one of the servers has, or lacks, told as one problem. */
    final List<Problem> told(String server, List<String> what) {
        return what.isEmpty()
                ? List.of()
                : List.of(Problem.of(code, Labels.capital(server) + " has " + String.join(" and ", what)));
    }

    /** A variable of the source, as messages write it, if it is set and not as it should be. */
    static List<String> otherThan(String wanted, String name, StepContext context) {
        return context.source().variable(name).stream()
                .filter(value -> !value.equalsIgnoreCase(wanted))
                .map(value -> name + "=" + value)
                .toList();
    }
}
