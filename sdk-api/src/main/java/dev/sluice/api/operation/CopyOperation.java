// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.Scope;
import java.util.List;

/**
 * Copies structure and rows of the scope from the snapshots to the replica. Immutable and thread-safe.
 *
 * @param info what all operations have
 * @param method how
 * @param scope what
 * @param statements every statement that may be sent, as templates with their holes in angle brackets
 */
public record CopyOperation(OperationInfo info, CopyMethod method, Scope scope, List<String> statements)
        implements Operation {
    public CopyOperation {
        statements = List.copyOf(statements);
    }

    @Override
    public List<String> preview() {
        return statements;
    }

    @Override
    public List<Slot<?>> needs() {
        return List.of(Slot.SNAPSHOT_COORDINATES);
    }
}
