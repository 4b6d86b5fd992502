// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import dev.sluice.api.plan.Scope;
import java.util.List;

/**
 * Compares structure and rows of the scope on both servers, without writing on either. Immutable and thread-safe.
 *
 * @param info what all operations have
 * @param scope what is compared
 * @param statements every statement that may be sent, as templates with their holes in angle brackets
 */
public record VerifyOperation(OperationInfo info, Scope scope, List<String> statements) implements Operation {
    public VerifyOperation {
        statements = List.copyOf(statements);
    }

    @Override
    public List<String> preview() {
        return statements;
    }
}
