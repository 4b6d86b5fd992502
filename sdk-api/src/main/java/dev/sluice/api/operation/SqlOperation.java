// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A statement that changes something. Core runs it on its target in a session with autocommit on. Immutable and thread-safe.
 *
 * @param info what all operations have
 * @param statement the statement
 * @param settingsOrNull what the session is set to before, or null; see {@link #settings()}
 */
public record SqlOperation(
        OperationInfo info, Statement statement, @Nullable Statement settingsOrNull) implements Operation {
    /** In a session as core has it. */
    public SqlOperation(OperationInfo info, Statement statement) {
        this(info, statement, null);
    }

    /** The statement that sets variables of the session before; the session is then the operation's own, and ends with it. */
    public Optional<Statement> settings() {
        return Optional.ofNullable(settingsOrNull);
    }

    @Override
    public List<String> preview() {
        return Stream.concat(settings().stream(), Stream.of(statement))
                .map(Statement::preview)
                .toList();
    }

    @Override
    public List<Slot<?>> needs() {
        return statement.needs();
    }
}
