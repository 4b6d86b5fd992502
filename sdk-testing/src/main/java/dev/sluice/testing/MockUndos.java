// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How what was done on mock servers is undone, by which they recognise an undo when it is sent. Not thread-safe. */
final class MockUndos {
    private final List<Known> known = new ArrayList<>();

    /** One undo of an operation that was done. */
    record Known(GuideStep row, String operation, Undo undo) {}

    void add(GuideStep row, Operation operation) {
        for (Undo undo : operation.info().undos()) {
            Known one = new Known(row, operation.id(), undo);
            known.remove(one);
            known.add(one);
        }
    }

    /** What is reversed by another row is undone by nobody. */
    void forget(Set<GuideStep> rows) {
        known.removeIf(one -> rows.contains(one.row));
    }

    /** The undo that sends this statement. */
    Optional<Known> take(String sql) {
        return take(one -> one.undo.reversal() instanceof Statement statement && isSame(statement, sql));
    }

    /** The undo that makes this call. */
    Optional<Known> take(ControlPlaneOperation call) {
        return take(one -> one.undo.reversal() instanceof ControlPlaneOperation own
                && own.id().equals(call.id())
                && own.action().equals(call.action()));
    }

    private Optional<Known> take(Predicate<Known> which) {
        for (int i = known.size() - 1; i >= 0; i--) {
            if (which.test(known.get(i))) {
                return Optional.of(known.remove(i));
            }
        }
        return Optional.empty();
    }

    /** Whether one of them sends it before its statement. */
    boolean isSetting(String sql) {
        return known.stream().flatMap(one -> one.undo.settings().stream()).anyMatch(setting -> isSame(setting, sql));
    }

    private static boolean isSame(Statement statement, String sql) {
        String pattern = statement.parts().stream()
                .map(part -> part instanceof Statement.Text text ? Pattern.quote(text.sql()) : ".*")
                .collect(Collectors.joining());
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(sql).matches();
    }

    /** What the server says to the look before an undo: what the undo expects, as long as nobody has taken the change back. */
    Optional<List<Row>> guardValue(String sql) {
        return known.stream()
                .flatMap(one -> one.undo.onlyIf().stream())
                .filter(guard -> guard.query().equals(sql))
                .findFirst()
                .map(MockUndos::rows);
    }

    private static List<Row> rows(OnlyIf guard) {
        if (guard.columns().isEmpty()) {
            return List.of(Row.of(Map.of("value", guard.expected())));
        }
        if (guard.expected().isEmpty()) {
            return List.of();
        }
        String[] values = guard.expected().split(" ", guard.columns().size());
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            row.put(guard.columns().get(i), values[i]);
        }
        return List.of(Row.of(row));
    }
}
