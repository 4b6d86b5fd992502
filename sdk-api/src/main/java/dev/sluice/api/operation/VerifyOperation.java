// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import dev.sluice.api.plan.Scope;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares structure and rows of the scope on both servers, without writing a row on either. Immutable and thread-safe.
 *
 * @param info what all operations have
 * @param scope what is compared
 * @param statements every statement of the comparison that may be sent, as templates with their holes in angle brackets
 * @param exactOrNull see {@link #exact()}
 */
public record VerifyOperation(
        OperationInfo info,
        Scope scope,
        List<String> statements,
        @Nullable ExactPosition exactOrNull) implements Operation {
    public VerifyOperation {
        statements = List.copyOf(statements);
    }

    /** While replication goes on. */
    public VerifyOperation(OperationInfo info, Scope scope, List<String> statements) {
        this(info, scope, statements, null);
    }

    /** How one position is held on both servers; empty if they are compared while replication goes on. */
    public Optional<ExactPosition> exact() {
        return Optional.ofNullable(exactOrNull);
    }

    @Override
    public List<String> preview() {
        return Stream.concat(exact().stream().flatMap(exact -> exact.preview().stream()), statements.stream())
                .toList();
    }
}
